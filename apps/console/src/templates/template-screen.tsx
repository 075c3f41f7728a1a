import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { getTemplate } from '#contracts/client/sdk.gen.js';
import { Page } from '../parts/page.js';
import { Queried } from '../parts/states.js';
import { askTagged } from '../service/tagged.js';
import { useTexts } from '../text/language.js';
import { TemplateEditing } from './editor/template-editing.js';
import { templatesTexts } from './templates.texts.js';

/** Somebody else's save is seen after so long without a reload. */
const lookAgainMs = 20_000;

export function TemplateScreen() {
  const words = useTexts(templatesTexts);
  const { id } = useParams({ from: '/plantillas/$id' });
  const template = useQuery({
    queryKey: ['template', id],
    queryFn: ({ signal }) => askTagged(getTemplate({ signal, path: { id } })),
    refetchInterval: lookAgainMs,
  });
  if (template.data) return <TemplateEditing key={id} latest={template.data} />;
  return (
    <Page title={words.title}>
      <Queried query={template}>{() => null}</Queried>
    </Page>
  );
}
