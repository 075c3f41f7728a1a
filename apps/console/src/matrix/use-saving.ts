import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { updateMatrix } from '#contracts/client/sdk.gen.js';
import { askTagged } from '../service/tagged.js';
import { useTexts } from '../text/language.js';
import { matrixTexts } from './matrix.texts.js';
import { configurationsKey, taggedKey } from './use-configuration.js';
import type { Draft } from './use-draft.js';

/** Saves a draft as one, for the state that it was made for alone. */
export function useSaving(id: string, draft: Draft) {
  const words = useTexts(matrixTexts);
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      askTagged(
        updateMatrix({
          path: { id },
          body: { matrix: [...draft.cells.values()] },
          headers: { 'If-Match': draft.etag, 'Idempotency-Key': draft.idempotencyKey },
        }),
      ),
    onSuccess: (saved) => {
      const count = draft.changes.length;
      queries.setQueryData(taggedKey(id), saved);
      draft.startFrom(saved);
      notifications.show({ color: 'green', withCloseButton: false, message: words.saved(count) });
    },
    // Also after a refusal: what somebody else saved meanwhile is read, and told.
    onSettled: () => queries.invalidateQueries({ queryKey: configurationsKey }),
  });
}
