import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { MARKER } from '../../lib/review/diff-markdown';

interface GitHubJob {
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

const textOf = (name: string): string => readFileSync(join(__dirname, name), 'utf8');
const github = parse(textOf('github-actions.yaml')) as {
  readonly on: unknown;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<'check' | 'diff' | 'comment', GitHubJob>>;
};
const gitlab = parse(textOf('gitlab-ci.yaml')) as Readonly<
  Record<'check' | 'diff' | 'diff-comment', { readonly script: readonly string[]; readonly environment?: unknown }>
>;
const commentOnGitHub = github.jobs.comment.steps.find(({ run }) => run !== undefined)?.run ?? '';
const commentOnGitLab = gitlab['diff-comment'].script.join('\n');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('the jobs that run the code of a pull request may read, and the one that may write runs none of it', () => {
  expect(github.on).toBe('pull_request');
  expect(github.permissions).toEqual({});
  expect(github.jobs.check.permissions).toEqual({ contents: 'read' });
  expect(github.jobs.diff.permissions).toEqual({ contents: 'read' });
  expect(github.jobs.comment.permissions).toEqual({ 'pull-requests': 'write' });
  expect(JSON.stringify(github.jobs.comment)).not.toMatch(/checkout|npm/);
  for (const job of [gitlab.check, gitlab.diff]) {
    expect(job.environment).toBeUndefined();
    expect(JSON.stringify(job)).not.toMatch(/TOKEN/);
  }
  expect(gitlab['diff-comment'].environment).toEqual({ name: 'diff-comment', action: 'access' });
});

test('actions are pinned by commit, with their version beside it, and nothing of an event is put into a script', () => {
  const steps = Object.values(github.jobs).flatMap((job) => job.steps);
  for (const { run } of steps) expect(run ?? '').not.toMatch(/\$\{\{/);
  const uses = textOf('github-actions.yaml').match(/uses: .*/g) ?? [];
  expect(uses).toHaveLength(steps.filter((step) => step.uses !== undefined).length);
  for (const line of uses) expect(line).toMatch(/^uses: actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test('what is rendered is checked, and dist/ with it', () => {
  const ran = github.jobs.check.steps.flatMap(({ run }) => run ?? []);
  expect(ran).toEqual(['npm ci', 'npm run --silent check -- --output github', 'npm run --silent synth -- --check']);
  expect(gitlab.check.script).toEqual(['npm ci', 'npm run --silent check', 'npm run --silent synth -- --check']);
});

test('comments are found by the marker of the Markdown', () => {
  expect(commentOnGitHub).toContain(`startswith("${MARKER}")`);
  expect(commentOnGitLab).toContain(`startswith("${MARKER}")`);
});

/** A program that says what it was called with, and prints what it is told to. */
function program(name: string, body: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\nprintf '%s\\n' "$*" >>"$CALLS"\n${body}`);
  chmodSync(join(folder, name), 0o755);
}

function run(shell: string, script: string, env: Readonly<Record<string, string>>) {
  const calls = join(folder, 'calls');
  const { status, stderr } = spawnSync(shell, ['-e', '-c', script], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 20_000,
    env: { ...process.env, PATH: `${folder}:${process.env.PATH ?? ''}`, CALLS: calls, ...env },
  });
  const said = existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [];
  return { status, stderr, calls: said };
}

test.each<[string, string, string]>([
  ['no comment yet: it is posted', '', '--method POST repos/o/r/issues/1/comments'],
  ['a comment of an earlier run: it is updated', '42\n43', '--method PATCH repos/o/r/issues/comments/42'],
])('GitHub, %s', (_, found, expected) => {
  program('gh', `case "$*" in *--paginate*) printf '${found}' ;; esac\n`);
  const env = { COMMENTS: 'repos/o/r/issues/1/comments', COMMENT: 'repos/o/r/issues/comments' };
  const { status, calls } = run('bash', commentOnGitHub, env);
  expect(status).toBe(0);
  expect(calls.at(-1)).toBe(`api ${expected} --field body=@diff.md --silent`);
});

test('GitHub, comments that cannot be read: the job fails, and posts no second one', () => {
  program('gh', 'exit 1\n');
  const { status, calls } = run('bash', commentOnGitHub, { COMMENTS: 'comments', COMMENT: 'comment' });
  expect(status).not.toBe(0);
  expect(calls).toHaveLength(1);
});

test.each<[string, string, string]>([
  [
    'no comment yet: it is posted',
    '',
    '--request POST --data-urlencode body@note.md --output /dev/null https://g/projects/7/merge_requests/1/notes',
  ],
  [
    'a comment on the second page: it is updated',
    '42',
    '--request PUT --data-urlencode body@note.md --output /dev/null https://g/projects/7/merge_requests/1/notes/42',
  ],
])('GitLab, %s, and the token is in no command line', (_, found, expected) => {
  program(
    'curl',
    `cat >"$PWD/config"\ncase "$*" in *"&page=1") printf 'HTTP/2 200\\r\\nx-next-page: 2\\r\\n' >headers ;; *"&page=2") printf 'x-next-page: \\r\\n' >headers ;; esac\n`,
  );
  program('jq', `case "$*" in .id) echo 9 ;; *) grep -q 'next-page: 2' headers || printf '${found}' ;; esac\n`);
  writeFileSync(join(folder, 'diff.md'), 'a /b\n/approve\n \t/merge\n');
  const { status, stderr, calls } = run('sh', commentOnGitLab, {
    CI_API_V4_URL: 'https://g',
    CI_PROJECT_ID: '7',
    CI_MERGE_REQUEST_IID: '1',
    DIFF_COMMENT_TOKEN: 'not-to-be-seen',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(calls.at(-1)).toBe(`--config - --fail --silent --show-error ${expected}`);
  expect(readFileSync(join(folder, 'note.md'), 'utf8')).toBe('a /b\n\\/approve\n \t\\/merge\n');
  expect(calls.join('\n')).not.toContain('not-to-be-seen');
  expect(readFileSync(join(folder, 'config'), 'utf8')).toBe('header = "PRIVATE-TOKEN: not-to-be-seen"\n');
});

test.each([
  ['GitHub', 'bash', () => commentOnGitHub, 'gh'],
  ['GitLab', 'sh', () => commentOnGitLab, 'curl'],
])('%s, a link in the place of the report: no file of the job that comments is posted', (_, shell, script, name) => {
  program(name, '');
  symlinkSync('/proc/self/environ', join(folder, 'diff.md'));
  const { status, calls } = run(shell, script(), { COMMENTS: 'comments', COMMENT: 'comment' });
  expect(status).not.toBe(0);
  expect(calls).toEqual([]);
});
