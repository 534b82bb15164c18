import { useEffect, useEffectEvent, useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import { AUDIT_GROUP_NAMES, type AuditFilter, type AuditGroup, type AuditLine, type AuditPage, type AuditProblem, actorName } from '../../../contract/audit.ts';
import type { Bridge, NoAnswer } from '../../../contract/channels.ts';
import { Button } from '../../skin/Button.tsx';
import { say } from '../../../words/sentences.ts';
import { detailWords, personWords, whenWords } from './audit-line.ts';
import { useAllWords } from '../use-words.ts';
import { Choice } from './Choice.tsx';
import { Said } from '../Said.tsx';

type Props = { readonly bridge: Pick<Bridge<'manager'>, 'readAudit' | 'exportAudit' | 'acknowledgeAuditTrouble'> };

const EVERYTHING: AuditFilter = { group: null, who: null, day: null };

/** The audit log: newest first, a page at a time, filtered by group, person and day. */
export function AuditLog({ bridge }: Props) {
  const { audit: words } = useAllWords();
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

  async function acknowledge(): Promise<void> {
    const answer = await bridge.acknowledgeAuditTrouble();
    if (answer.kind === 'ok') await load(filter);
    else setProblem(answer.failure);
  }

  return (
    <section className="audit">
      <h2>{words.title}</h2>
      {page?.trouble !== null && page?.trouble !== undefined && (
        <div className="audit-trouble">
          <p>
            <strong>{words.trouble(page.trouble)}</strong> {page.trouble.setAside.length > 0 && <small>({page.trouble.setAside.join(', ')})</small>}
          </p>
          <Button onPress={() => void acknowledge()}>{words.seen}</Button>
        </div>
      )}
      <div className="audit-filter" role="group" aria-label={words.filter}>
        <FilterFields filter={filter} people={page?.people ?? []} change={change} />
        <Button onPress={() => void exportAll()}>{words.export}</Button>
      </div>
      <Said isWarning className="problem">
        {problem !== null && say(words.problem, problem)}
      </Said>
      <Said>{exported && words.exported}</Said>
      {page !== null && <Lines lines={page.lines} />}
      {page?.hasMore === true && (
        <Button className="quiet" onPress={() => void load(filter, page.lines)}>
          {words.older}
        </Button>
      )}
    </section>
  );
}

type FilterProps = { readonly filter: AuditFilter; readonly people: readonly string[]; readonly change: (part: Partial<AuditFilter>) => void };

function FilterFields({ filter, people, change }: FilterProps) {
  const { audit: words } = useAllWords();
  return (
    <>
      <Choice label={words.what} value={filter.group ?? ''} options={[['', words.everything], ...AUDIT_GROUP_NAMES.map((name) => [name, words.groups[name]] as const)]} onChange={(group) => change({ group: group === '' ? null : (group as AuditGroup) })} />
      <Choice label={words.who} value={filter.who ?? ''} options={[['', words.everybody], ...people.map((name) => [name, personWords(name, words)] as const)]} onChange={(who) => change({ who: who === '' ? null : who })} />
      <TextField className="field" type="date" value={filter.day ?? ''} onChange={(day) => change({ day: day === '' ? null : day })}>
        <Label>{words.day}</Label>
        <Input />
      </TextField>
    </>
  );
}

function Lines({ lines }: { readonly lines: readonly AuditLine[] }) {
  const all = useAllWords();
  const { audit: words, format } = all;
  if (lines.length === 0) return <p>{words.nothing}</p>;
  return (
    <table className="audit-lines">
      <thead>
        <tr>
          <th scope="col">{words.when}</th>
          <th scope="col">{words.who}</th>
          <th scope="col">{words.what}</th>
          <th scope="col">{words.detailsColumn}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.sequence}>
            <td>{whenWords(line.at, line.utcOffsetInMinutes, format)}</td>
            <td>{personWords(actorName(line.who), words)}</td>
            <td>{words.actions[line.action]}</td>
            <td>{detailWords(line.detail, all)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
