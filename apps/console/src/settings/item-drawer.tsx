import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ConfirmedButton } from '../parts/confirmed-button.js';
import { Queried } from '../parts/states.js';
import { useSave } from '../parts/use-save.js';
import type { Tagged } from '../service/tagged.js';
import { useTexts } from '../text/language.js';
import { EditDrawer } from './edit-drawer.js';
import { settingsTexts } from './settings.texts.js';

export interface ItemFormProps<Item> {
  /** Null for a new one. */
  known: Tagged<Item> | null;
  close: () => void;
  readAgain: () => void;
}

interface ItemDrawerProps<Item> {
  /** What kind of thing it is, such as `taller`. */
  kind: string;
  id: string | 'new';
  /** The title for a new one, and until the name of a known one has come. */
  words: { add: string; list: string };
  read: (id: string, signal: AbortSignal) => Promise<Tagged<Item>>;
  close: () => void;
  form: (props: ItemFormProps<Item>) => ReactNode;
}

/** A thing's form: read when it is opened, so that what is changed is what is there. */
export function ItemDrawer<Item extends { name: string }>(props: ItemDrawerProps<Item>) {
  const { kind, id, words, read, close, form: Form } = props;
  const isNew = id === 'new';
  const item = useQuery({
    queryKey: [kind, id],
    queryFn: ({ signal }) => read(id, signal),
    enabled: !isNew,
    // A form must not change under its reader's hands.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <EditDrawer title={isNew ? words.add : (item.data?.data.name ?? words.list)} close={close}>
      {isNew ? (
        <Form known={null} close={close} readAgain={() => undefined} />
      ) : (
        <Queried query={item}>
          {(known) => (
            <Form
              key={known.etag}
              known={known}
              close={close}
              readAgain={() => void item.refetch()}
            />
          )}
        </Queried>
      )}
    </EditDrawer>
  );
}

interface RemoveButtonProps {
  question: string;
  consequence: string;
  remove: () => Promise<unknown>;
  /** The list that it stood in. */
  list: string;
  close: () => void;
}

/** In the foot of a known thing's form. */
export function RemoveButton({ question, consequence, remove, list, close }: RemoveButtonProps) {
  const words = useTexts(settingsTexts);
  const save = useSave({ save: remove, said: words.removed, refreshes: [[list]], after: close });
  return (
    <ConfirmedButton
      variant="light"
      color="red"
      question={question}
      consequence={consequence}
      verb={words.yesRemove}
      act={() => save.mutateAsync()}
    >
      {words.remove}
    </ConfirmedButton>
  );
}
