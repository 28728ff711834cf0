import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChangeJournal } from './change-journal';
import { killAtEach } from './testing/dying-disk';
import type { Change } from './whole-files';
import { changeFiles } from './whole-files';

let folder: string;
let journal: ChangeJournal;
const at = (...parts: readonly string[]): string => join(folder, ...parts);

function begin(): void {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
  journal = new ChangeJournal(at('work', 'change.json'));
  for (const [name, text] of Object.entries(BEFORE)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(at(name), text);
  }
}
const end = (): void => {
  rmSync(folder, { recursive: true, force: true });
};

/** Every file with its text. */
function contents(): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => statSync(at(name)).isFile());
  return Object.fromEntries(files.map((name) => [name, readFileSync(at(name), 'utf8')]));
}

const BEFORE = { 'a.yaml': 'old a\n', 'v/1/x': 'x of 1\n', 'work/new-x': 'x of 2\n', lock: 'version 1\n' };
const AFTER = { 'a.yaml': 'new a\n', 'v/2/x': 'x of 2\n', 'deep/er/b.yaml': 'new b\n', lock: 'version 2\n' };

const change = (): Change => ({
  what: 'a change',
  files: [
    { path: at('a.yaml'), text: AFTER['a.yaml'] },
    { path: at('deep', 'er', 'b.yaml'), text: AFTER['deep/er/b.yaml'], mode: 0o600, folderMode: 0o700 },
    { path: at('lock'), text: AFTER.lock },
  ],
  moves: [{ from: at('work', 'new-x'), to: at('v', '2', 'x') }],
  removed: [at('v', '1', 'x'), at('never', 'there')],
  emptied: [at('v', '1')],
});

test('all is changed, and nothing else is left', () => {
  begin();
  changeFiles(change(), journal);
  expect(contents()).toEqual(AFTER);
  expect(existsSync(at('v', '1'))).toBe(false);
  expect([at('deep'), at('deep', 'er', 'b.yaml')].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600]);
  end();
});

test('killed at any change of a file, all is as it was or as it is to be once the next run has looked at it', async () => {
  const outcomes = { finished: 0, takenBack: 0 };
  const kills = await killAtEach(
    () => {
      changeFiles(change(), journal);
    },
    () => {
      // At no time is a file gone that was there, or half of what it was.
      for (const name of ['a.yaml', 'lock'] as const)
        expect([BEFORE[name], AFTER[name]]).toContain(readFileSync(at(name), 'utf8'));
      journal.finish();
      const left = contents();
      const finished = left.lock === AFTER.lock;
      outcomes[finished ? 'finished' : 'takenBack'] += 1;
      expect(left).toEqual(finished ? AFTER : BEFORE);
      expect([existsSync(at('v', '1')), existsSync(at('deep'))]).toEqual([!finished, finished]);
      expect(journal.pending()).toBeUndefined();
      end();
    },
    begin,
  );
  end();
  expect(kills).toBeGreaterThan(20);
  expect(Math.min(outcomes.finished, outcomes.takenBack)).toBeGreaterThan(5);
});

test('killed while it finishes, or while it takes back what went wrong, the run after that does the rest', async () => {
  const interrupted = (): void => {
    begin();
    journal.write({
      what: 'a change',
      next: [],
      state: 'moving',
      partials: [],
      made: [],
      steps: [
        { from: at('work', 'new-x'), to: at('a.yaml'), replaces: true, before: at('.a.before') },
        { to: at('v', '1', 'x'), replaces: true, before: at('v', '1', '.x.before') },
      ],
      emptied: [at('v', '1')],
    });
  };
  const finished = await killAtEach(
    () => journal.finish(),
    () => {
      journal.finish();
      expect(contents()).toEqual({ 'a.yaml': 'x of 2\n', lock: BEFORE.lock });
      end();
    },
    interrupted,
  );
  end();
  expect(finished).toBeGreaterThan(5);

  // The last step cannot be done: a folder stands there.
  const failing = (): Change => ({ ...change(), moves: [], removed: [at('work')] });
  const left: unknown[] = [];
  const takenBack = await killAtEach(
    () => {
      expect(() => {
        changeFiles(failing(), journal);
      }).toThrow(/work is a folder/);
    },
    () => {
      try {
        journal.finish();
        left.push(contents());
      } catch (error) {
        // It was killed before it knew that it cannot be done, and the next run says so as well.
        left.push((error as Error).message.replace(folder, ''));
      }
      end();
    },
    begin,
  );
  end();
  expect(takenBack).toBeGreaterThan(20);
  const refusal = expect.stringMatching(/^cannot remove \/work: /) as unknown;
  expect(left.filter((one) => typeof one === 'string')).toEqual(
    left.flatMap((one) => (typeof one === 'string' ? refusal : [])),
  );
  const whole = left.filter((one) => typeof one !== 'string');
  expect(whole).toEqual(whole.map(() => BEFORE));
  expect(whole.length).toBeGreaterThan(10);
});

test('a journal that was never whole says nothing', () => {
  begin();
  mkdirSync(at('work'), { recursive: true });
  writeFileSync(at('work', 'change.json.partial'), '{"state":"mov');
  expect(journal.finish()).toBeUndefined();
  expect(contents()).toEqual(BEFORE);
  end();
});
