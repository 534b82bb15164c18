import { useEffect, useState } from 'react';
import { useAllWords } from '../use-words.ts';

/** How long no PIN is taken; nothing once that is over. Main counts; this only shows. Give it the seconds as its key, so that it starts anew. */
export function WaitSentence({ seconds }: { readonly seconds: number }) {
  const { waitSentence } = useAllWords().manager;
  const [startMs] = useState(() => performance.now());
  const [nowMs, setNow] = useState(startMs);
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const secondsLeft = Math.ceil(seconds - (nowMs - startMs) / 1_000);
  return secondsLeft > 0 && <span className="counting">{waitSentence(secondsLeft)}</span>;
}
