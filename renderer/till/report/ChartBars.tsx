import { AxisBottom, AxisLeft } from '@visx/axis';
import { Group } from '@visx/group';
import { scaleBand, scaleLinear } from '@visx/scale';
import { Bar } from '@visx/shape';

export type ChartBar = { readonly name: string; readonly amountInCents: number };

type Props = {
  readonly title: string;
  /** The table with the same figures. */
  readonly describedBy: string;
  readonly bars: readonly ChartBar[];
  /** On the axis: short. */
  readonly money: (amountInCents: number) => string;
};

const WIDTH = 480;
const HEIGHT = 210;
const MARGIN = { top: 10, end: 26, bottom: 34, start: 84 } as const;
const MOST_NAMES = 5;
const AMOUNTS = 4;
const TEXT = 13;

/** Plain SVG text: visx's own adds a measuring element to the page. */
function label({ x, y, text, anchor }: { readonly x: number; readonly y: number; readonly text: string | undefined; readonly anchor: 'end' | 'middle' }) {
  return (
    <text x={x} y={y} dx={anchor === 'end' ? '-0.25em' : 0} dy={anchor === 'end' ? '0.35em' : 0} fontSize={TEXT} textAnchor={anchor}>
      {text}
    </text>
  );
}

/** A bar for each hour or day; a negative net amount is below the line. A chunk of its own: it carries a library. */
export function ChartBars({ title, describedBy, bars, money }: Props) {
  const amounts = bars.map(({ amountInCents }) => amountInCents);
  const across = scaleBand({ domain: bars.map(({ name }) => name), range: [0, WIDTH - MARGIN.start - MARGIN.end], padding: 0.2 });
  const upwards = scaleLinear({ domain: [Math.min(0, ...amounts), Math.max(100, ...amounts)], range: [HEIGHT - MARGIN.top - MARGIN.bottom, 0], nice: AMOUNTS });
  const step = Math.ceil(bars.length / MOST_NAMES);
  // The last one is the latest: it has its name.
  const named = bars.filter((_, place) => (bars.length - 1 - place) % step === 0).map(({ name }) => name);
  const zero = upwards(0);
  return (
    <svg className="chart" role="img" aria-label={title} aria-describedby={describedBy} viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
      <Group top={MARGIN.top} left={MARGIN.start}>
        {bars.map(({ name, amountInCents }) => {
          const end = upwards(amountInCents);
          return <Bar key={name} className={amountInCents < 0 ? 'chart-back' : 'chart-bar'} x={across(name)} y={Math.min(zero, end)} width={across.bandwidth()} height={Math.abs(end - zero)} />;
        })}
        <AxisLeft scale={upwards} numTicks={AMOUNTS} tickFormat={(value) => money(Number(value))} tickComponent={({ x, y, formattedValue }) => label({ x, y, text: formattedValue, anchor: 'end' })} />
        <AxisBottom top={zero} scale={across} tickValues={named} hideTicks tickComponent={({ x, formattedValue }) => label({ x, y: HEIGHT - MARGIN.top - zero - TEXT, text: formattedValue, anchor: 'middle' })} />
      </Group>
    </svg>
  );
}
