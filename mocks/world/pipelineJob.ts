import type { PipelineProvider } from '../../contract/pipelines/identity.ts';
import type { PipelineTokenCreated } from '../../contract/pipelines/pipelines.ts';
import type { Preview, PreviewIsUp } from '../../contract/previews.ts';
import type { World } from './world.ts';

type Origin = {
  provider: PipelineProvider;
  /** The address of its issuer. */
  issuer: string;
  /** What its token says besides the usual. */
  claims: Readonly<Record<string, unknown>>;
};

/** A pipeline's job: proves who it is as its service has it do, and works with what it gets for that. */
export class PipelineJob {
  readonly #world: World;
  readonly #teamId: string;
  readonly #origin: Origin;

  constructor(world: World, teamId: string, origin: Origin) {
    this.#world = world;
    this.#teamId = teamId;
    this.#origin = origin;
  }

  /** A token of the team for this job's own. */
  async exchange(): Promise<string> {
    const { provider, issuer: url, claims } = this.#origin;
    const issuer = await this.#world.outside.issuer(url);
    const idToken = await issuer.mintFor(provider, this.#world.origin, claims);
    const answer = await this.#world
      .newBrowser()
      .json<PipelineTokenCreated>('POST', '/api/v1/pipeline-tokens', { idToken, team: this.#teamId });
    return answer.token;
  }

  /** Tries to get in where nobody may: what is left of it is that it was refused. */
  async isRefused(): Promise<void> {
    const refused = await this.exchange().then(
      () => false,
      () => true,
    );
    if (!refused) throw new Error('The pipeline was let in.');
  }

  /** Brings the change's preview up and joins it, unless it is to stay alone. */
  async up(vpn: string, change: string, hostname: string | null): Promise<PreviewIsUp> {
    const up = await this.#send<PreviewIsUp>('POST', 'previews', { vpn, change, ephemeral: true });
    if (hostname !== null) await this.#world.fleet.join(up.joinToken, hostname);
    await this.#world.settled();
    return up;
  }

  /** Says how a run of `up` ended. */
  async end({ preview, run }: PreviewIsUp, message = ''): Promise<void> {
    await this.#send('PATCH', `previews/${preview.id}/runs/${run}`, {
      result: message === '' ? 'succeeded' : 'failed',
      message,
    });
  }

  async down(change: string): Promise<void> {
    await this.#send<Preview | { preview: null }>('POST', 'previews/down', { change });
  }

  async #send<Answer>(method: string, path: string, body: unknown): Promise<Answer> {
    const program = this.#world.newProgram(await this.exchange());
    return await program.json(method, `/api/v1/teams/${this.#teamId}/${path}`, body);
  }
}
