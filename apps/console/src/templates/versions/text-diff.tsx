import { presentableDiff } from '@codemirror/merge';
import { Code } from '@mantine/core';
import { Fragment } from 'react';

interface TextDiffProps {
  label: string;
  before: string;
  after: string;
}

/** Two texts in one: what only the former has is struck out, what only the latter has is underlined. */
export function TextDiff({ label, before, after }: TextDiffProps) {
  let at = 0;
  const pieces = presentableDiff(before, after).map(({ fromA, toA, fromB, toB }) => {
    const same = after.slice(at, fromB);
    at = toB;
    return (
      <Fragment key={fromB}>
        {same}
        {toA > fromA ? <del style={removed}>{before.slice(fromA, toA)}</del> : null}
        {toB > fromB ? <ins style={added}>{after.slice(fromB, toB)}</ins> : null}
      </Fragment>
    );
  });
  return (
    <Code
      block
      tabIndex={0}
      role="region"
      aria-label={label}
      c="var(--mantine-color-text)"
      style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
    >
      {pieces}
      {after.slice(at)}
    </Code>
  );
}

const removed = {
  background: 'light-dark(#fee2e2, #5b1d1d)',
  color: 'light-dark(#7f1d1d, #fecaca)',
};
const added = { background: 'light-dark(#dcfce7, #14432a)', color: 'light-dark(#14532d, #bbf7d0)' };
