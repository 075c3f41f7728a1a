import { useRef } from 'react';
import { randomId } from './random-id.js';

/**
 * An idempotency key for each thing that is made: asked again after an answer was lost, the service
 * makes nothing twice. Another body is another thing, and so is whatever comes after `done`.
 */
export function useOnce() {
  const last = useRef({ body: '', key: '' });
  return {
    headersFor(body: unknown): { 'Idempotency-Key': string } {
      const text = JSON.stringify(body ?? null);
      if (text !== last.current.body) last.current = { body: text, key: randomId() };
      return { 'Idempotency-Key': last.current.key };
    },
    done() {
      last.current = { body: '', key: '' };
    },
  };
}
