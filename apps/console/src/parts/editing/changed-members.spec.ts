import { describe, expect, test } from '@jest/globals';
import { changedMembers, errorOf, errorsBeside } from './changed-members.js';

describe('what a form sends', () => {
  test('is what was changed, and not what was typed and taken back', () => {
    const saved = { name: 'Ana', phone: null as string | null, tags: ['a'] };
    expect(changedMembers(saved, { name: 'Ana', phone: '+593', tags: ['a'] })).toEqual({
      phone: '+593',
    });
    expect(changedMembers(saved, { name: '' })).toEqual({ name: '' });
    expect(changedMembers(saved, {})).toEqual({});
  });
});

describe('what a form is told', () => {
  const errors = { name: ['is too long', 'is odd'], 'email.priority': ['must be 1 or more'] };

  test('stands at the field that it is about, or at the one that it lies within', () => {
    expect(errorOf(errors, 'name')).toBe('is too long; is odd');
    expect(errorOf(errors, 'email')).toBe('email.priority: must be 1 or more');
    expect(errorOf(errors, 'phone')).toBeUndefined();
  });

  test('is kept where no field shows it', () => {
    expect(errorsBeside(errors, ['email'])).toEqual({ name: errors.name });
    expect(errorsBeside(errors, ['email', 'name'])).toEqual({});
  });
});
