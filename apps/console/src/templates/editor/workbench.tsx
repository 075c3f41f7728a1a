import { Grid, Paper, Stack, Title } from '@mantine/core';
import { type ReactNode, useCallback, useMemo, useRef } from 'react';
import type { ServiceProblem } from '../../service/ask.js';
import { useLanguage, useTexts } from '../../text/language.js';
import type { Channel, Draft } from '../draft.js';
import { type Faults, faultsOf } from '../faults.js';
import { CustomerPicker } from '../preview/customer-picker.js';
import { Preview } from '../preview/preview.js';
import { previewTexts } from '../preview/preview.texts.js';
import { usePreview } from '../preview/use-preview.js';
import type { useSamples } from '../preview/use-samples.js';
import { editorTexts } from './editor.texts.js';
import { TextFields } from './text-fields.js';
import { VariableChips } from './variable-chips.js';

interface WorkbenchProps {
  channel: Channel;
  draft: Draft;
  write: (change: Partial<Draft>) => void;
  /** Why the last save was refused, until something is written again. */
  refusal: ServiceProblem | null;
  samples: ReturnType<typeof useSamples>;
  /** Name and what else is not text. */
  children: ReactNode;
}

/** The text on one side, what becomes of it on the other; on a phone below. */
export function Workbench({ channel, draft, write, refusal, samples, children }: WorkbenchProps) {
  const words = useTexts(editorTexts);
  const previewWords = useTexts(previewTexts);
  const { language } = useLanguage();
  const { variables, values, customer, choose } = samples;
  const names = useMemo(() => variables.map(({ name }) => name), [variables]);
  const preview = usePreview(channel, draft, values);
  const problem = preview.problem ?? refusal;
  const faults = useMemo<Faults>(() => faultsOf(problem, language), [problem, language]);
  const inserter = useRef<((text: string) => void) | null>(null);
  const setInserter = useCallback((insert: (text: string) => void) => {
    inserter.current = insert;
  }, []);
  const insert = (placeholder: string) => {
    if (inserter.current) inserter.current(placeholder);
    else write({ body: draft.body + placeholder });
  };
  return (
    <Grid gap="md" align="flex-start">
      <Grid.Col span={{ base: 12, lg: 7 }}>
        <Paper withBorder p="md" component="section" aria-label={words.text}>
          <Stack gap="md">
            <Title order={2} size="h4">
              {words.text}
            </Title>
            {children}
            <VariableChips variables={variables} draft={draft} insert={insert} />
            <TextFields
              channel={channel}
              draft={draft}
              write={write}
              faults={faults}
              variables={names}
              setInserter={setInserter}
            />
          </Stack>
        </Paper>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 5 }}>
        <Preview message={preview.message} isOld={preview.problem !== null}>
          <CustomerPicker
            label={previewWords.values}
            placeholder={previewWords.searchCustomer}
            customer={customer}
            choose={choose}
          />
        </Preview>
      </Grid.Col>
    </Grid>
  );
}
