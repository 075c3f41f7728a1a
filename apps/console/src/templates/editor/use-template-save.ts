import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { patchTemplate } from '#contracts/client/sdk.gen.js';
import type { TemplateView } from '#contracts/client/types.gen.js';
import { ServiceProblem } from '../../service/ask.js';
import { askTagged, type Tagged } from '../../service/tagged.js';
import { useTexts } from '../../text/language.js';
import { type Channel, type Draft, patchOf } from '../draft.js';
import { editorTexts } from './editor.texts.js';

/**
 * Saves a template in the state that was edited, and in no other.
 *
 * @param overtaken somebody else saved it before; nothing was written
 */
export function useTemplateSave(
  id: string,
  saved: (state: Tagged<TemplateView>) => void,
  overtaken: () => void,
) {
  const words = useTexts(editorTexts);
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: ({ channel, draft, etag }: { channel: Channel; draft: Draft; etag: string }) =>
      askTagged(
        patchTemplate({
          path: { id },
          headers: { 'If-Match': etag },
          body: patchOf(channel, draft),
        }),
      ),
    onSuccess: (state) => {
      queries.setQueryData(['template', id], state);
      forgetLists(queries, id);
      saved(state);
      notifications.show({
        message: words.saved(state.data.version),
        color: 'green',
        withCloseButton: false,
      });
    },
    onError: async (error) => {
      if (!isOvertaken(error)) return;
      await queries.refetchQueries({ queryKey: ['template', id] });
      overtaken();
    },
  });
  const refusal =
    save.error && !isOvertaken(save.error)
      ? save.error instanceof ServiceProblem
        ? save.error
        : new ServiceProblem(0, 'unreachable', save.error.message)
      : null;
  return { mutate: save.mutate, reset: save.reset, isPending: save.isPending, refusal };
}

/** What other screens and parts know of templates is asked anew. */
export function forgetLists(queries: ReturnType<typeof useQueryClient>, id: string): void {
  for (const queryKey of [['templates'], ['template-coverage'], ['template-versions', id]]) {
    void queries.invalidateQueries({ queryKey });
  }
}

function isOvertaken(error: unknown): boolean {
  return error instanceof ServiceProblem && error.status === 412;
}
