import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandRun } from '../testing/command';
import { runKnitmesh, WALKTHROUGH } from '../testing/command';

/** A repository of Git, with nothing in it. */
let repository: string;
beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'knitmesh-'));
  mkdirSync(join(repository, '.git'));
});
afterEach(() => {
  rmSync(repository, { recursive: true });
});

const argoCd = (...args: string[]): CommandRun =>
  runKnitmesh(['argo-cd', '--app', WALKTHROUGH, '--dist', 'dist', '--folder', 'argo-cd', ...args], {
    cwd: repository,
  });

const URL = 'https://git.example.com/team/platform.git';

test('writes what Argo CD needs, keeps what flags said, and changes nothing the second time', () => {
  const first = argoCd('--url', URL);
  expect(first).toMatchObject({ status: 0, stderr: '' });
  expect(first.stdout).toMatch(/^knitmesh-services +1 +3$/m);
  expect(first.stdout).toMatch(/then once: kubectl apply -f argo-cd\/application\.yaml$/m);
  expect(readdirSync(join(repository, 'argo-cd'))).toEqual(['application.yaml', 'applications', 'settings.yaml']);
  expect(readFileSync(join(repository, 'argo-cd/applications/10-crds.yaml'), 'utf8')).toContain(`repoURL: ${URL}\n`);

  const second = argoCd('-o', 'json');
  const summary = JSON.parse(second.stdout) as Record<string, unknown[]>;
  expect(summary).toMatchObject({ written: [], removed: [] });
  expect(summary.applications).toContainEqual({ name: 'knitmesh-crds', wave: 0, files: ['10-crds.yaml'], objects: 36 });
});

test('--check writes nothing, and exits 1 when the folder is not what would be written', () => {
  expect(argoCd('--check', '--url', URL).status).toBe(1);
  expect(readdirSync(repository)).toEqual(['.git']);
  argoCd('--url', URL);
  expect(argoCd('--check').status).toBe(0);
});

test('the repository must be named', () => {
  expect(argoCd()).toEqual({
    status: 1,
    stdout: '',
    stderr: 'error argo-cd/settings.yaml: url: is missing: name the Git repository with --url\n',
  });
});
