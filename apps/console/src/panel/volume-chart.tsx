import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import type { AnalyticsSummary } from '#contracts/client/types.gen.js';
import { wordsTexts } from '../notifications/words.texts.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';

const colors = { whatsapp: 'teal.7', email: 'blue.6', push: 'grape.6' } as const;

/** For the eyes alone: the same stands in a table beside it. */
export function VolumeChart({ days }: { days: AnalyticsSummary['by_day'] }) {
  const names = useTexts(wordsTexts);
  const formats = useFormats();
  const channels = ['whatsapp', 'email', 'push'] as const;
  return (
    <div aria-hidden>
      <BarChart
        h={260}
        type="stacked"
        data={days.map(({ date, by_channel }) => ({
          day: formats.day(date),
          ...Object.fromEntries(by_channel.map(({ channel, total }) => [channel, total])),
        }))}
        dataKey="day"
        series={channels.map((name) => ({
          name,
          label: names.channels[name],
          color: colors[name],
        }))}
        withLegend
        yAxisProps={{ allowDecimals: false }}
        barProps={{ isAnimationActive: false }}
        barChartProps={{ accessibilityLayer: false }}
        valueFormatter={formats.number}
      />
    </div>
  );
}
