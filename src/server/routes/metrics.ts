/**
 * Figures for Prometheus: the ledgers of the lines, the journal, the feed and the process, and what State says in numbers
 * while State is durable. It answers whether the journal can be written or not. It must never name a person.
 */
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Ledger } from '../../core/types.ts';
import type { GatewayPort } from '../gateway-port.ts';
import { stateCounts } from '../report/state-counts.ts';

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

function lineMetrics(gateway: GatewayPort, registers: [Registry]): void {
  // The ledgers are the gateway's own counters; here they are only copied when somebody asks.
  const counter = (name: string, help: string, of: (ledger: Ledger) => number) =>
    new Counter({
      name,
      help,
      labelNames: ['line'] as const,
      registers,
      collect() {
        this.reset();
        for (const { id: line, ledger } of gateway.lines()) this.inc({ line }, of(ledger));
      },
    });
  counter(
    'gatehouse_line_received_total',
    'Values a line took from the wire; a message nobody could read counts as one',
    (ledger) => ledger.received,
  );
  counter('gatehouse_line_stored_total', 'Values kept as a fact or a sample', (ledger) => ledger.stored);
  counter('gatehouse_line_judged_total', 'Values found to say nothing new', (ledger) => ledger.judged);
  new Counter({
    name: 'gatehouse_line_dropped_total',
    help: 'Values not believed or not kept, by reason',
    labelNames: ['line', 'reason'] as const,
    registers,
    collect() {
      this.reset();
      for (const { id: line, ledger } of gateway.lines())
        for (const [reason, count] of Object.entries(ledger.dropped)) this.inc({ line, reason }, count);
    },
  });
  new Gauge({
    name: 'gatehouse_line_up',
    help: '1 while the line works',
    labelNames: ['line', 'protocol'] as const,
    registers,
    collect() {
      this.reset();
      for (const { id: line, protocol, up } of gateway.lines()) this.set({ line, protocol }, up ? 1 : 0);
    },
  });
}

/** Gives the text of /metrics. */
export function openMetrics(gateway: GatewayPort, feed: () => FeedFigures): { text(): Promise<string>; type: string } {
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
  gauge('gatehouse_journal_seq', 'Number of the last durable event', () => gateway.head().seq);
  gauge('gatehouse_troubles', 'Parts of the gateway that are in trouble', () => gateway.troubles().length);
  gauge('gatehouse_feed_clients', 'Pages listening to the feed', () => feed().clients);
  gauge('gatehouse_feed_slow_closed', 'Pages closed because they did not drain', () => feed().slow);
  lineMetrics(gateway, registers);
  const named = (name: string, help: string): Gauge => {
    const known = registry.getSingleMetric(metricName(name));
    return known instanceof Gauge ? known : new Gauge({ name: metricName(name), help: `${name}, ${help}`, registers });
  };
  const ofState = new Set<string>();
  return {
    type: registry.contentType,
    async text() {
      const counts = await stateCounts(gateway);
      for (const [name, value] of Object.entries(gateway.gauges())) named(name, 'as the gateway counts it').set(value);
      for (const name of Object.keys(counts)) ofState.add(name);
      for (const name of ofState) {
        const figure = named(name, 'from what is durable; left out while the journal cannot be written');
        const value = counts[name];
        if (value === undefined) figure.remove();
        else figure.set(value);
      }
      return registry.metrics();
    },
  };
}
