import type { Json } from '../../objects/manifest';

type JsonObject = Record<string, Json>;

/** The data source of all panels: its type, and the id under which it is provisioned. */
export const DATA_SOURCE = { type: 'prometheus', uid: 'prometheus' };

/** What a panel's numbers are; a share is of 1. */
export type Unit = 'share' | 'requests a second' | 'milliseconds';

const UNITS: Readonly<Record<Unit, JsonObject>> = {
  share: { unit: 'percentunit', min: 0, max: 1 },
  'requests a second': { unit: 'reqps', min: 0 },
  milliseconds: { unit: 'ms', min: 0 },
};

/** A query, and how its lines are called. */
export interface Target {
  readonly expr: string;
  readonly legend: string;
}

export interface Panel {
  readonly title: string;
  readonly unit: Unit;
  readonly targets: readonly [Target, ...Target[]];

  /**
   * From where on it is good, and from where on it is no longer bad.
   *
   * @default - it is not judged
   */
  readonly judged?: { readonly good: number; readonly fair: number };
}

/** Panels of one height beside each other, from the left; a heading takes a row of its own. */
export type Row =
  | { readonly type: 'heading'; readonly title: string }
  | { readonly type: 'stat' | 'timeseries'; readonly panels: readonly Panel[] };

/** Columns of Grafana's grid. */
const COLUMNS = 24;

const HEIGHTS = { heading: 1, stat: 4, timeseries: 8 } as const;

/** Grafana's panels, from the top to the bottom. */
export function panelsOf(rows: readonly Row[]): Json[] {
  const panels: JsonObject[] = [];
  let y = 0;
  for (const row of rows) {
    const h = HEIGHTS[row.type];
    if (row.type === 'heading') {
      panels.push({ type: 'row', title: row.title, collapsed: false, panels: [], gridPos: { x: 0, y, w: COLUMNS, h } });
    } else {
      const w = Math.floor(COLUMNS / row.panels.length);
      for (const [index, panel] of row.panels.entries()) {
        panels.push({ ...panelOf(row.type, panel), gridPos: { x: index * w, y, w, h } });
      }
    }
    y += h;
  }
  return panels.map((panel, index) => ({ id: index + 1, ...panel }));
}

function panelOf(type: 'stat' | 'timeseries', { title, unit, targets, judged }: Panel): JsonObject {
  return {
    type,
    title,
    datasource: DATA_SOURCE,
    targets: targets.map(({ expr, legend }, index) => ({
      refId: String.fromCharCode('A'.charCodeAt(0) + index),
      datasource: DATA_SOURCE,
      expr,
      legendFormat: legend,
      range: true,
    })),
    fieldConfig: {
      defaults: {
        ...UNITS[unit],
        ...(type === 'timeseries' && { custom: { fillOpacity: 10, showPoints: 'never' } }),
        ...(judged && { thresholds: thresholds(judged) }),
      },
      overrides: [],
    },
    options: type === 'stat' ? STAT_OPTIONS : TIME_SERIES_OPTIONS,
  };
}

const STAT_OPTIONS = {
  colorMode: 'value',
  graphMode: 'area',
  reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
};

const TIME_SERIES_OPTIONS = {
  legend: { displayMode: 'list', placement: 'bottom', showLegend: true },
  tooltip: { mode: 'multi', sort: 'desc' },
};

const thresholds = ({ good, fair }: NonNullable<Panel['judged']>) => ({
  mode: 'absolute',
  steps: [
    { color: 'red', value: null },
    { color: 'yellow', value: fair },
    { color: 'green', value: good },
  ],
});
