/** What a caller may do: `read` looks, `write` changes, `dispatch` sends, `admin` does all. */
export const scopes = ['dispatch', 'read', 'write', 'admin'] as const;
export type Scope = (typeof scopes)[number];

/** Whether these scopes open a door that asks for one. An administrator's open every door. */
export function allows(held: readonly Scope[], asked: Scope): boolean {
  return held.includes(asked) || held.includes('admin');
}

/** The scopes among words, each once and in their usual order; other words are passed over. */
export function scopesIn(words: readonly unknown[]): Scope[] {
  return scopes.filter((scope) => words.includes(scope));
}
