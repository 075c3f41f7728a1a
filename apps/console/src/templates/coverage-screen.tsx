import { Alert, Button, Select, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { getTemplateCoverage } from '#contracts/client/sdk.gen.js';
import type { CoverageView } from '#contracts/client/types.gen.js';
import { Page } from '../parts/page.js';
import { Queried } from '../parts/states.js';
import { ask } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { coverageTexts } from './coverage.texts.js';
import { CoverageTable } from './coverage-table.js';
import { placesTexts } from './places.texts.js';
import { usePlaces } from './use-places.js';

/** Every place of the matrix with its template, of one workshop or of all. */
export function CoverageScreen() {
  const words = useTexts(coverageTexts);
  const places = useTexts(placesTexts);
  const { talleres } = usePlaces();
  const { taller } = useSearch({ from: '/plantillas/cobertura' });
  const navigate = useNavigate({ from: '/plantillas/cobertura' });
  const coverage = useQuery({
    queryKey: ['template-coverage', taller ?? null],
    queryFn: ({ signal }) =>
      ask(getTemplateCoverage({ signal, query: taller ? { taller_id: taller } : {} })),
  });
  const back = (
    <Button component={Link} to="/plantillas" variant="default">
      {words.back}
    </Button>
  );
  return (
    <Page title={words.title} lead={words.lead} actions={back}>
      <Select
        maw={320}
        label={places.taller}
        placeholder={places.everyTaller}
        clearable
        clearButtonProps={{ 'aria-label': places.everyTaller }}
        data={talleres}
        value={taller ?? null}
        onChange={(chosen) => navigate({ search: chosen ? { taller: chosen } : {}, replace: true })}
      />
      <Queried query={coverage}>
        {(data) => (
          <Stack gap="lg">
            <Summary counts={data.counts} />
            <CoverageTable cells={data.cells} taller={taller} />
          </Stack>
        )}
      </Queried>
    </Page>
  );
}

function Summary({ counts: { covered, missing, off } }: Pick<CoverageView, 'counts'>) {
  const words = useTexts(coverageTexts);
  return (
    <Alert
      color={missing === 0 ? 'green' : 'orange'}
      icon={missing === 0 ? <IconCheck aria-hidden /> : <IconAlertTriangle aria-hidden />}
    >
      <Text fw={600}>{missing === 0 ? words.allCovered : words.someMissing(missing)}</Text>
      <Text size="sm">{words.summary(covered, missing, off)}</Text>
    </Alert>
  );
}
