import { useEffect, useState } from 'react';
import { useAllWords } from '../use-words.ts';

/** The seconds until a PIN is accepted again; empty after that. Main enforces the wait; this only shows it. Pass the seconds as its key, so that it restarts. */
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
