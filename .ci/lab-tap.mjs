// Plays viz's tap for the control plane that LAB starts: the API server asks it whether its API is there.
// usage: node lab-tap.mjs SECRET_JSON PORT
import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import process from 'node:process';

const [secretFile, port] = process.argv.slice(2);
const { data } = JSON.parse(readFileSync(secretFile, 'utf8'));
const pem = (key) => Buffer.from(data[key], 'base64');
const resources = { apiVersion: 'v1', kind: 'APIResourceList', groupVersion: 'tap.linkerd.io/v1alpha1', resources: [] };

https
  .createServer({ cert: pem('tls.crt'), key: pem('tls.key') }, (_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(resources));
  })
  .listen(Number(port), '0.0.0.0');
