import type { Socket } from 'node:net';
import { Problem, problemView } from './problem.js';
import { requestIdOf } from './request-id.js';

const unreadable: Readonly<Record<string, { status: string; code: number; why: string }>> = {
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    code: 431,
    why: 'have more than 16384 bytes',
  },
  ERR_HTTP_REQUEST_TIMEOUT: { status: '408 Request Timeout', code: 408, why: 'came too slowly' },
};

/** Answers bytes that are no HTTP request: Node has no request to give, only the socket. */
export function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, code, why } = unreadable[error.code ?? ''] ?? {
    status: '400 Bad Request',
    code: 400,
    why: 'are not HTTP',
  };
  const requestId = requestIdOf({ headers: {} });
  const problem = new Problem('validation_failed', { status: code, errors: { headers: [why] } });
  const view = problemView(problem, { path: '/', requestId, language: undefined });
  const body = JSON.stringify(view);
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/problem+json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nx-request-id: ${requestId}\r\n` +
      `connection: close\r\n\r\n${body}`,
  );
}
