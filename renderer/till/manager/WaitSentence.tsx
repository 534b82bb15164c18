import { useEffect, useState } from 'react';
import { useWords } from '../use-words.ts';

/** How long no PIN is taken. Main counts; this only shows. Give it the seconds as its key, so that it starts anew. */
export function WaitSentence({ seconds }: { readonly seconds: number }) {
  const { waitSentence } = useWords().manager;
  const [startMs] = useState(() => performance.now());
  const [nowMs, setNow] = useState(startMs);
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return waitSentence(Math.max(1, Math.ceil(seconds - (nowMs - startMs) / 1_000)));
}
