import { envVarNameProblem } from './env-var-name';

it.each(['TARGET', '_', 'my.var-1', '1st', 'with space', '~'])('%s is a name', (name) => {
  expect(envVarNameProblem(name)).toBeUndefined();
});

it.each(['', 'A=B', '=', 'ÄPFEL', 'A\n', 'A\tB', '\u007f'])('%j is not a name', (name) => {
  expect(envVarNameProblem(name)).toBe(
    `${JSON.stringify(name)} is not the name of an environment variable: use printable ASCII characters other than '='`,
  );
});
