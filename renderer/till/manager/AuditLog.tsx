import { useEffect, useEffectEvent, useState } from 'react';
import { Button, Input, Label, TextField } from 'react-aria-components';
import { AUDIT_GROUP_NAMES, type AuditFilter, type AuditGroup, type AuditLine, type AuditPage, type AuditProblem, actorName } from '../../../contract/audit.ts';
import type { Bridge, NoAnswer } from '../../../contract/channels.ts';
import { ACTION_WORDS, GROUP_WORDS, auditSentence, auditTroubleSentence, detailWords, personWords, whenWords } from './audit-words.ts';
import { Choice } from './Choice.tsx';

type Props = { readonly bridge: Pick<Bridge<'manager'>, 'readAudit' | 'exportAudit' | 'settleAuditTrouble'> };

const EVERYTHING: AuditFilter = { group: null, who: null, day: null };

/** Who did what, and when: newest first, a page at a time, by group, person and day. */
export function AuditLog({ bridge }: Props) {
  const [filter, setFilter] = useState(EVERYTHING);
  const [page, setPage] = useState<AuditPage | null>(null);
  const [problem, setProblem] = useState<AuditProblem | NoAnswer<'manager'>['failure'] | null>(null);
  const [exported, setExported] = useState(false);

  const show = (answer: Awaited<ReturnType<typeof bridge.readAudit>>, after: readonly AuditLine[] = []) => {
    setProblem(answer.kind === 'failed' ? answer.failure : null);
    if (answer.kind === 'ok') setPage({ ...answer.value, lines: [...after, ...answer.value.lines] });
  };

  async function load(wanted: AuditFilter, after: readonly AuditLine[] = []): Promise<void> {
    show(await bridge.readAudit({ filter: wanted, before: after.at(-1)?.sequence ?? null }), after);
  }

  const loadFirst = useEffectEvent(() => bridge.readAudit({ filter: EVERYTHING, before: null }).then(show));
  useEffect(() => void loadFirst(), []);

  function change(part: Partial<AuditFilter>): void {
    const wanted = { ...filter, ...part };
    setFilter(wanted);
    setExported(false);
    void load(wanted);
  }

  async function exportAll(): Promise<void> {
    setExported(false);
    const answer = await bridge.exportAudit({ filter });
    setProblem(answer.kind === 'failed' ? answer.failure : null);
    setExported(answer.kind === 'ok');
  }

  async function settle(): Promise<void> {
    await bridge.settleAuditTrouble();
    await load(filter);
  }

  const people = page?.people ?? [];
  return (
    <section className="audit">
      <h2>Audit log</h2>
      {page?.trouble !== null && page?.trouble !== undefined && (
        <div className="audit-trouble">
          <p>
            <strong>{auditTroubleSentence(page.trouble)}</strong> {page.trouble.setAside.length > 0 && <small>({page.trouble.setAside.join(', ')})</small>}
          </p>
          <Button onPress={() => void settle()}>Seen</Button>
        </div>
      )}
      <div className="audit-filter" role="group" aria-label="Filter">
        <Choice label="What" value={filter.group ?? ''} options={[['', 'Everything'], ...AUDIT_GROUP_NAMES.map((name) => [name, GROUP_WORDS[name]] as const)]} onChange={(group) => change({ group: group === '' ? null : (group as AuditGroup) })} />
        <Choice label="Who" value={filter.who ?? ''} options={[['', 'Everybody'], ...people.map((name) => [name, personWords(name)] as const)]} onChange={(who) => change({ who: who === '' ? null : who })} />
        <TextField className="field" type="date" value={filter.day ?? ''} onChange={(day) => change({ day: day === '' ? null : day })}>
          <Label>Day</Label>
          <Input />
        </TextField>
        <Button onPress={() => void exportAll()}>Export as CSV</Button>
      </div>
      <p className="problem" role="alert">
        {problem !== null && auditSentence(problem)}
      </p>
      <p role="status">{exported && 'The file was written.'}</p>
      {page !== null && <Lines lines={page.lines} />}
      {page?.hasMore === true && (
        <Button className="quiet" onPress={() => void load(filter, page.lines)}>
          Show older lines
        </Button>
      )}
    </section>
  );
}

function Lines({ lines }: { readonly lines: readonly AuditLine[] }) {
  if (lines.length === 0) return <p>Nothing found.</p>;
  return (
    <table className="audit-lines">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col">Details</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.sequence}>
            <td>{whenWords(line.at, line.utcOffsetInMinutes)}</td>
            <td>{personWords(actorName(line.who))}</td>
            <td>{ACTION_WORDS[line.action]}</td>
            <td>{detailWords(line.detail)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
