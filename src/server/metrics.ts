/**
 * Figures for Prometheus: the ledgers of the lines, the journal, the feed and the process. It must never name a person.
 */
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { House } from './house.ts';

/** What the feed tells of itself. */
export interface FeedFigures {
  readonly clients: number;
  /** Sockets closed because they did not drain, since the start. */
  readonly slow: number;
}

/** `gatehouse_` and a name Prometheus accepts. */
function metricName(name: string): string {
  const snake = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/[^A-Za-z0-9]+/g, '_');
  return `gatehouse_${snake.toLowerCase()}`;
}

function ledgerCounters(house: House, registers: [Registry]): void {
  const received = new Counter({
    name: 'gatehouse_line_received_total',
    help: 'Inputs a line took from the wire',
    labelNames: ['line'] as const,
    registers,
  });
  const stored = new Counter({
    name: 'gatehouse_line_stored_total',
    help: 'Inputs kept as a fact or a sample',
    labelNames: ['line'] as const,
    registers,
  });
  const judged = new Counter({
    name: 'gatehouse_line_judged_total',
    help: 'Inputs looked at and found to say nothing new',
    labelNames: ['line'] as const,
    registers,
  });
  const dropped = new Counter({
    name: 'gatehouse_line_dropped_total',
    help: 'Inputs not believed or not kept, by reason',
    labelNames: ['line', 'reason'] as const,
    registers,
  });
  new Gauge({
    name: 'gatehouse_line_up',
    help: '1 while the line works',
    labelNames: ['line', 'protocol'] as const,
    registers,
    // The ledgers are the house's own counters; here they are only copied, all four in one go.
    collect() {
      for (const counter of [received, stored, judged, dropped]) counter.reset();
      this.reset();
      for (const { id: line, protocol, up, ledger } of house.lines()) {
        this.set({ line, protocol }, up ? 1 : 0);
        received.inc({ line }, ledger.received);
        stored.inc({ line }, ledger.stored);
        judged.inc({ line }, ledger.judged);
        for (const [reason, count] of Object.entries(ledger.dropped)) dropped.inc({ line, reason }, count);
      }
    },
  });
}

/** Gives the text of /metrics. */
export function openMetrics(house: House, feed: () => FeedFigures): { text(): Promise<string>; type: string } {
  const registry = new Registry();
  const registers: [Registry] = [registry];
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  gauge('gatehouse_journal_seq', 'Number of the last durable event', () => house.head().seq);
  gauge('gatehouse_troubles', 'Parts of the gateway that are in trouble', () => house.troubles().length);
  gauge('gatehouse_alarms_open', 'Open alarms', () => house.view().state.alarms.size);
  gauge('gatehouse_feed_clients', 'Pages listening to the feed', () => feed().clients);
  gauge('gatehouse_feed_slow_closed', 'Pages closed because they did not drain', () => feed().slow);
  ledgerCounters(house, registers);
  return {
    type: registry.contentType,
    async text() {
      for (const [name, value] of Object.entries(house.gauges())) {
        const key = metricName(name);
        const known = registry.getSingleMetric(key);
        if (known === undefined)
          new Gauge({ name: key, help: `${name}, as the gateway counts it`, registers }).set(value);
        else if (known instanceof Gauge) known.set(value);
      }
      return registry.metrics();
    },
  };
}
