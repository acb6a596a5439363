import { expect, test } from 'vitest';
import { sameName, showProblem } from './formProblem.ts';
import { ApiProblem } from './problem.ts';

type Values = { name: string; ike: { proposals: string[] } };

const refusedWith = (...paths: string[]) =>
  new ApiProblem({
    status: 422,
    code: 'invalid_fields',
    title: 'Some fields are not right.',
    errors: paths.map((path) => ({ path, code: `bad_${path}`, message: `${path} is wrong.` })),
  });

function shown(error: Error) {
  const errors: Record<string, unknown> = {};
  showProblem<Values>(
    error,
    (field, value) => (errors[field] = value.message),
    sameName('name', 'ike.proposals'),
  );
  return errors;
}

test('refusals land on their fields, items of a list on the list', () => {
  expect(shown(refusedWith('name', 'ike.proposals.1'))).toEqual({
    name: 'name is wrong.',
    'ike.proposals': 'ike.proposals.1 is wrong.',
  });
});

test('what no field shows stands above the buttons, once', () => {
  expect(shown(refusedWith('name', 'other', 'more'))).toEqual({
    name: 'name is wrong.',
    'root.server': 'other is wrong. more is wrong.',
  });
});

test('a problem without fields is shown as it is', () => {
  const full = new ApiProblem({
    status: 409,
    code: 'x',
    title: 'Not now.',
    detail: 'The team is being deleted.',
  });
  expect(shown(full)).toEqual({ 'root.server': 'The team is being deleted.' });
  expect(shown(new Error('Odd.'))).toEqual({ 'root.server': 'Odd.' });
});
