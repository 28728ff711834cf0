import { KubectlRefusal } from '../kubectl/kubectl';
import { after, pause, whileAway } from './until';

const AWAY = new KubectlRefusal('away', 'Unable to connect to the server: EOF');

test('it is asked again while there is no API server', async () => {
  let asked = 0;
  const answer = await whileAway(after(10), undefined, () =>
    ++asked < 2 ? Promise.reject(AWAY) : Promise.resolve('yes'),
  );
  expect([answer, asked]).toEqual(['yes', 2]);
});

test.each([
  ['another mistake', after(10), new KubectlRefusal('no', 'Error from server (Forbidden): no')],
  ['a deadline that is over', after(-1), AWAY],
])('it is not with %s', async (_, deadline, error) => {
  const ask = jest.fn(() => Promise.reject(error));
  await expect(whileAway(deadline, undefined, ask)).rejects.toBe(error);
  expect(ask).toHaveBeenCalledTimes(1);
});

test('a signal ends the waiting', async () => {
  const end = new AbortController();
  const waited = pause(60_000, end.signal);
  end.abort();
  await waited;
  await pause(60_000, end.signal);
  await expect(whileAway(after(10), end.signal, () => Promise.reject(AWAY))).rejects.toThrow(/abort/i);
});
