import { Card, Group, SimpleGrid, Text } from '@mantine/core';
import { IconArrowDownRight, IconArrowUpRight, IconEqual } from '@tabler/icons-react';
import type { AnalyticsSummary } from '#contracts/client/types.gen.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { panelTexts } from './panel.texts.js';
import { trendOf } from './period.js';

interface FiguresProps {
  now: AnalyticsSummary;
  before: AnalyticsSummary | null;
}

/** Four figures, each with what it means and how it moved. */
export function Figures({ now, before }: FiguresProps) {
  const words = useTexts(panelTexts);
  const formats = useFormats();
  const rate = now.delivery_rate_percent;
  return (
    <SimpleGrid
      cols={{ base: 1, xs: 2, lg: 4 }}
      spacing="md"
      component="section"
      aria-label={words.figures}
    >
      <Figure
        name={words.sent}
        meaning={rate === null ? words.sentMeaning : words.rate(formats.percent(rate))}
        value={formats.number(now.sent)}
        trend={trendOf(now.sent, before?.sent ?? null)}
      />
      <Figure
        name={words.delivered}
        meaning={words.deliveredMeaning}
        value={formats.number(now.delivered)}
        trend={trendOf(now.delivered, before?.delivered ?? null)}
      />
      <Figure
        name={words.failed}
        meaning={words.failedMeaning}
        value={formats.number(now.failed)}
        trend={trendOf(now.failed, before?.failed ?? null)}
        lessIsBetter
      />
      <Figure
        name={words.median}
        meaning={words.medianMeaning}
        value={
          now.median_delivery_seconds === null
            ? words.none
            : formats.seconds(now.median_delivery_seconds)
        }
        trend={trendOf(now.median_delivery_seconds, before?.median_delivery_seconds ?? null)}
        lessIsBetter
      />
    </SimpleGrid>
  );
}

interface FigureProps {
  name: string;
  meaning: string;
  value: string;
  trend: number | null;
  lessIsBetter?: boolean;
}

function Figure({ name, meaning, value, trend, lessIsBetter = false }: FigureProps) {
  return (
    <Card withBorder padding="md" component="article" aria-label={name}>
      <Text size="sm" fw={600}>
        {name}
      </Text>
      <Text size="xl" fw={700}>
        {value}
      </Text>
      <Text size="xs" c="dimmed">
        {meaning}
      </Text>
      <Trend trend={trend} lessIsBetter={lessIsBetter} />
    </Card>
  );
}

function Trend({ trend, lessIsBetter }: { trend: number | null; lessIsBetter: boolean }) {
  const words = useTexts(panelTexts);
  const formats = useFormats();
  if (trend === null)
    return (
      <Text size="xs" c="dimmed">
        {words.trendUnknown}
      </Text>
    );
  const Icon = trend === 0 ? IconEqual : trend > 0 ? IconArrowUpRight : IconArrowDownRight;
  const isBetter = trend > 0 !== lessIsBetter;
  const size = formats.percent(Math.abs(trend));
  const said =
    trend === 0 ? words.trendSame : trend > 0 ? words.trendUp(size) : words.trendDown(size);
  const color = trend === 0 ? 'gray' : isBetter ? 'teal' : 'red';
  return (
    <Group gap={4} wrap="nowrap" c={`var(--mantine-color-${color}-light-color)`}>
      <Icon size={14} aria-hidden />
      <Text size="xs">{said}</Text>
    </Group>
  );
}
