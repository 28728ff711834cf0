import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { newAuthority } from '../../linkerd/identity/issue';
import { ask } from './http-request';

let server: Server;
const port = async (): Promise<number> => {
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return (server.address() as AddressInfo).port;
};
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const HOST = 'helloworld-go.default.example.com';

test('the host, the path and the headers are those of a client, and the answer is told with its time', async () => {
  server = createServer(({ headers, url }, response) => {
    response.writeHead(201, { location: 'there' }).end(`${headers.host ?? ''} ${url ?? ''} ${String(headers['x-a'])}`);
  });
  const answer = await ask({ port: await port(), host: HOST, path: '/a?b', headers: { 'X-A': '1' }, timeout: 5000 });
  expect(answer).toMatchObject({ status: 201, headers: { location: 'there' }, body: `${HOST} /a?b 1` });
  expect(answer.milliseconds).toBeGreaterThan(0);
});

test('by HTTPS the host is named in the handshake, and its certificate is not judged', async () => {
  const now = Date.now();
  const validity = { from: new Date(now - 60_000), to: new Date(now + 60_000) };
  const { certificate, key } = await newAuthority('nobody', validity, 0);
  server = createTlsServer({ cert: certificate, key }, ({ socket }, response) => {
    response.end((socket as unknown as { servername: string }).servername);
  });
  const answer = await ask({ port: await port(), host: HOST, tls: true, timeout: 5000 });
  expect(answer).toMatchObject({ status: 200, body: HOST });
});

test('of a body without end so much is kept as tells it, and that it goes on', async () => {
  server = createServer(({ url }, response) => response.end('x'.repeat(url === '/long' ? 1 << 24 : 1 << 20)));
  const at = await port();
  const { body, cut } = await ask({ port: at, host: HOST, path: '/long', timeout: 5000 });
  expect(body.length).toBeLessThan(1 << 23);
  expect(cut).toBe(true);
  expect(await ask({ port: at, host: HOST, timeout: 5000 })).toMatchObject({ body: 'x'.repeat(1 << 20), cut: false });
});

test('a body can be taken as it comes, whole', async () => {
  server = createServer((_, response) => response.end('ä'.repeat(1 << 20)));
  let taken = '';
  const { body } = await ask({ port: await port(), host: HOST, timeout: 5000, onText: (piece) => (taken += piece) });
  expect(body).toBe('');
  expect(taken === 'ä'.repeat(1 << 20)).toBe(true);
});

test('what takes it can end it; what is no 200 is not taken', async () => {
  server = createServer(({ url }, response) => response.writeHead(url === '/403' ? 403 : 200).end('no'));
  const onText = (piece: string): void => {
    throw new Error(`what is ${piece}?`);
  };
  const at = await port();
  await expect(ask({ port: at, host: HOST, timeout: 5000, onText })).rejects.toThrow(/^what is no\?$/);
  expect(await ask({ port: at, host: HOST, path: '/403', timeout: 5000, onText })).toMatchObject({ body: 'no' });
});

test('no answer in time, and a connection that is closed', async () => {
  server = createServer(({ url, socket }) => {
    if (url === '/closed') socket.destroy();
  });
  const at = await port();
  await expect(ask({ port: at, host: HOST, timeout: 200 })).rejects.toThrow(/^no answer within 0\.2 s$/);
  await expect(ask({ port: at, host: HOST, path: '/closed', timeout: 5000 })).rejects.toThrow(
    /^the connection was closed$/,
  );
});
