import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ServiceProblem } from '../../service/ask.js';
import type { Tagged } from '../../service/tagged.js';
import { changedMembers, errorOf } from './changed-members.js';

/** What is to be saved. */
export interface Edit<Values> {
  /** The members that were changed. */
  changes: Partial<Values>;
  /** All members as they are to be. */
  values: Values;
  /** The state that was being changed. */
  etag: string;
}

interface EditingOptions<Values> {
  /** As the service has it; may become another while somebody types. */
  saved: Tagged<Values>;
  save(edit: Edit<Values>): Promise<unknown>;
  onSaved?(): void;
  /** Reads anew what the service has, after somebody else changed it. */
  reload?(): void;
}

/**
 * A form over something saved. What was typed stays until it is saved, whatever goes wrong; what
 * somebody else saved meanwhile is told (412) and never overwritten unasked.
 */
export function useEditing<Values extends object>(options: EditingOptions<Values>) {
  const { saved, save, onSaved, reload } = options;
  const [typed, setTyped] = useState<Partial<Values>>({});
  const [begunFrom, setBegunFrom] = useState(saved);
  const isBegun = Object.keys(typed).length > 0;
  const basis = isBegun ? begunFrom : saved;
  const changes = changedMembers(basis.data, typed);
  const values: Values = { ...basis.data, ...typed };
  const saving = useMutation({
    mutationFn: () => save({ changes, values, etag: basis.etag }),
    onSuccess: () => {
      setTyped({});
      onSaved?.();
    },
    onError: (error) => {
      if (isChangedMeanwhile(error)) reload?.();
    },
  });
  const problem = saving.error instanceof ServiceProblem ? saving.error : null;
  return {
    values,
    changes,
    isChanged: Object.keys(changes).length > 0,
    /** What the service has now, for a look at both sides of a conflict. */
    theirs: saved.data,
    set<Name extends keyof Values>(name: Name, value: Values[Name]) {
      if (!isBegun) setBegunFrom(saved);
      setTyped((before) => ({ ...before, [name]: value }));
    },
    errorOf: (field: string) => errorOf(problem?.errors ?? {}, field),
    error: saving.error,
    problem,
    isConflict: isChangedMeanwhile(saving.error),
    isSaving: saving.isPending,
    save: () => saving.mutate(),
    /** Forgets what was typed. */
    discard() {
      setTyped({});
      saving.reset();
    },
    /** Goes on from what somebody else saved, with what was typed here on top. */
    keepMine() {
      setBegunFrom(saved);
      saving.reset();
    },
  };
}

export type Editing<Values extends object> = ReturnType<typeof useEditing<Values>>;

function isChangedMeanwhile(error: unknown): boolean {
  return error instanceof ServiceProblem && error.status === 412;
}
