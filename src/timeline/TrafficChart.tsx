import { styled } from '@mui/material/styles';
import type { TunnelTimeline } from '../../contract/timeline.ts';
import { color, type } from '../theme/tokens.ts';
import { bytes } from '../ui/bytes.ts';
import { exactTime, relativeTime } from '../ui/time.ts';
import { useClockText } from '../ui/clock.ts';
import { trafficOf, type Bar } from './bars.ts';

/** Of each direction, in units of the drawing. */
const HEIGHT = 34;
const STEP = 6;

const Figure = styled('figure')({ display: 'grid', gap: 4, margin: 0 });
const Drawing = styled('svg')({ display: 'block', width: '100%', height: 76 });
const Line = styled('div')({
  ...type.small,
  display: 'flex',
  flexWrap: 'wrap',
  gap: '2px 14px',
  color: color.textSecondary,
  fontVariantNumeric: 'tabular-nums',
  '& > [data-end]': { marginLeft: 'auto' },
  '& b': { fontWeight: 500, color: color.text },
});
const Key = styled('i')({
  display: 'inline-block',
  width: 8,
  height: 8,
  marginRight: 6,
  borderRadius: 2,
});

/** The bytes of a day, in above the line and out below it. */
export function TrafficChart({ from, sampleSeconds, samples }: TunnelTimeline['traffic']) {
  const { bars, bytesIn, bytesOut, most } = trafficOf(samples);
  const begin = Date.parse(from);
  const begun = useClockText((now) => relativeTime(begin, now));
  const at = (index: number) => exactTime(begin + index * sampleSeconds * 1000);
  const width = bars.length * STEP;
  return (
    <Figure>
      <Line as="figcaption">
        <span>
          <Key style={{ backgroundColor: color.primary }} />
          <b>{bytes(bytesIn)}</b> in
        </span>
        <span>
          <Key style={{ backgroundColor: color.textTertiary }} />
          <b>{bytes(bytesOut)}</b> out
        </span>
        {most > 0 && <span data-end="">at most {bytes(most)} in 15 min</span>}
      </Line>
      <Drawing
        viewBox={`0 0 ${width} ${2 * HEIGHT + 2}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Traffic of the last 24 hours: ${bytes(bytesIn)} in, ${bytes(bytesOut)} out`}
      >
        {bars.map((bar, index) => bar && <Bars key={index} bar={bar} x={index * STEP} title={at(index)} />)}
        <rect x="0" y={HEIGHT} width={width} height="1" fill={color.lineStrong} />
      </Drawing>
      <Line aria-hidden="true">
        <span>{begun}</span>
        <span data-end="">now</span>
      </Line>
    </Figure>
  );
}

/** Something went through: it shows, however little it is beside the rest. */
const heightOf = (share: number) => (share === 0 ? 0 : Math.max(1.5, share * (HEIGHT - 1)));

function Bars({ bar, x, title }: { bar: NonNullable<Bar>; x: number; title: string }) {
  const up = heightOf(bar.bytesIn);
  const down = heightOf(bar.bytesOut);
  return (
    <g>
      <title>{title}</title>
      <rect x={x + 1} y={HEIGHT - up} width={STEP - 2} height={up} fill={color.primary} />
      <rect x={x + 1} y={HEIGHT + 1} width={STEP - 2} height={down} fill={color.textTertiary} />
    </g>
  );
}
