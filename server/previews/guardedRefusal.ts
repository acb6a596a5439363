import { ProblemError, type ProblemFields } from '../http/problem.ts';

/** A refusal of which the team learns more, with its runs, than whoever is refused. */
export class GuardedRefusal extends ProblemError {
  readonly toTeam: { code: string; message: string };

  constructor(problem: ProblemFields, toTeam: { code: string; message: string }) {
    super(problem);
    this.toTeam = toTeam;
  }
}
