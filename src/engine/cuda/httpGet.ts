import * as http from 'node:http';
import * as https from 'node:https';
import { connect as connectTls } from 'node:tls';
import type { Duplex } from 'node:stream';
import { AppError, cancelledError, messageOf } from '../../domain/appError.ts';

export interface GetOptions {
  /** `null`: straight. */
  readonly proxy: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

const idleMs = 60_000;
const mostRedirects = 5;

/**
 * The answer to a GET, redirects followed; its status is for the caller to judge. Throws `AppError` downloadFailed,
 * which says whether the proxy or the server was not reached, and `cancelled`.
 */
export async function httpGet(address: string, options: GetOptions): Promise<http.IncomingMessage> {
  let url = new URL(address);
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const answer = await getOnce(url, options);
    const { statusCode = 0, headers } = answer;
    if (statusCode < 300 || statusCode >= 400 || headers.location === undefined) return answer;
    answer.resume();
    const next = new URL(headers.location, url);
    if (url.protocol === 'https:' && next.protocol !== 'https:')
      throw new AppError('downloadFailed', `${url.host} sends to ${next.href}, which is not encrypted.`);
    url = next;
  }
  throw new AppError('downloadFailed', `${address} leads on and on and nowhere.`, { address });
}

/** The proxy for an address by the environment, as curl reads it; `null` where none is named. */
export function proxyOf(address: string, env: Readonly<Record<string, string | undefined>>): string | null {
  const { hostname, protocol } = new URL(address);
  const read = (name: string) =>
    [env[name.toLowerCase()], env[name.toUpperCase()]].find((value) => value !== undefined && value !== '') ??
    null;
  const excepted = (read('no_proxy') ?? '')
    .split(',')
    .map((host) => host.trim().replace(/^\*?\./, ''))
    .filter((host) => host !== '');
  if (excepted.some((host) => host === '*' || hostname === host || hostname.endsWith(`.${host}`)))
    return null;
  return read(protocol === 'https:' ? 'https_proxy' : 'http_proxy') ?? read('all_proxy');
}

async function getOnce(url: URL, { proxy, headers = {}, signal }: GetOptions): Promise<http.IncomingMessage> {
  if (signal.aborted) throw cancelledError();
  const tunnel = proxy === null ? null : await openTunnel(proxy, url, signal);
  const isSecure = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const request = (isSecure ? https : http).get(
      url,
      {
        headers: { 'user-agent': 'attribute-lens', ...headers },
        signal,
        timeout: idleMs,
        ...(tunnel === null
          ? {}
          : {
              agent: false,
              createConnection: () =>
                isSecure ? connectTls({ socket: tunnel, servername: url.hostname }) : tunnel,
            }),
      },
      resolve,
    );
    request.on('timeout', () => request.destroy(new Error(`no answer for ${idleMs / 1000} s`)));
    request.on('error', (error) =>
      reject(signal.aborted ? cancelledError() : unreachable(url.host, error, proxy)),
    );
  });
}

/** A connection through a proxy by CONNECT; a name and password in its address are sent along. */
function openTunnel(proxy: string, url: URL, signal: AbortSignal): Promise<Duplex> {
  let place: URL;
  try {
    place = new URL(proxy.includes('://') ? proxy : `http://${proxy}`);
  } catch {
    throw new AppError('downloadFailed', `The proxy «${proxy}» is no address.`, { proxy });
  }
  if (place.protocol !== 'http:' && place.protocol !== 'https:')
    throw new AppError(
      'downloadFailed',
      `The proxy ${place.host} is of kind ${place.protocol.slice(0, -1)}; only HTTP proxies are understood. Download the file yourself and pick it.`,
      { proxy: place.host },
    );
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const target = `${url.hostname}:${port}`;
  const credentials = `${decodeURIComponent(place.username)}:${decodeURIComponent(place.password)}`;
  const authorisation =
    place.username === ''
      ? {}
      : { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` };
  return new Promise((resolve, reject) => {
    const request = (place.protocol === 'https:' ? https : http).request({
      host: place.hostname,
      port: place.port || (place.protocol === 'https:' ? 443 : 80),
      method: 'CONNECT',
      path: target,
      headers: { host: target, ...authorisation },
      signal,
      timeout: idleMs,
    });
    request.on('connect', ({ statusCode }, socket) => {
      if (statusCode === 200) {
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(
        new AppError(
          'downloadFailed',
          `The proxy ${place.host} refuses a connection to ${target} with status ${statusCode}.`,
          { proxy: place.host, status: statusCode ?? null },
        ),
      );
    });
    request.on('timeout', () => request.destroy(new Error(`no answer for ${idleMs / 1000} s`)));
    request.on('error', (error) =>
      reject(
        signal.aborted
          ? cancelledError()
          : new AppError(
              'downloadFailed',
              `The proxy ${place.host} was not reached: ${messageOf(error)}.`,
              { proxy: place.host },
              error,
            ),
      ),
    );
    request.end();
  });
}

function unreachable(host: string, error: Error, proxy: string | null): AppError {
  const how = proxy === null ? ' (no proxy is set)' : ' through the proxy';
  return new AppError(
    'downloadFailed',
    `${host} was not reached${how}: ${messageOf(error)}.`,
    { host },
    error,
  );
}
