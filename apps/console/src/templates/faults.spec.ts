import { describe, expect, test } from '@jest/globals';
import { faultsOf } from './faults.js';

const problem = (errors: Record<string, string[]>) =>
  ({ errors }) as Parameters<typeof faultsOf>[0];

describe('the faults of a refused text', () => {
  test('stand at their line and column, in the reader’s language', () => {
    const told = {
      body: ['line 2, column 7: {{nombre}} is no variable; did you mean {{Nombre}}?'],
    };
    expect(faultsOf(problem(told), 'es')).toEqual({
      body: [
        { line: 2, column: 7, why: '{{nombre}} no es una variable; ¿quiso decir {{Nombre}}?' },
      ],
    });
    expect(faultsOf(problem(told), 'en').body?.[0]?.why).toBe(
      '{{nombre}} is no variable; did you mean {{Nombre}}?',
    );
  });

  test('without a place are of the whole part', () => {
    expect(faultsOf(problem({ link: ['must not be blank'] }), 'es')).toEqual({
      link: [{ line: null, column: null, why: 'no puede quedar vacío' }],
    });
  });

  test('leave out what is no part of the text, and keep sentences that are not known', () => {
    const faults = faultsOf(problem({ name: ['is required'], body: ['something new'] }), 'es');
    expect(faults).toEqual({ body: [{ line: null, column: null, why: 'something new' }] });
  });

  test('are none where nothing was refused', () => {
    expect(faultsOf(null, 'es')).toEqual({});
  });
});
