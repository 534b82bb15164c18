import fc from 'fast-check';

/*
 * The same cases in every run: what gates a push is not red by chance. A fault that is met once in 50,000 cases is looked for on purpose,
 * with other seeds: PROPERTY_SEED=$RANDOM npx vitest run --config test/vitest.config.ts test/unit
 */
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 28) });

export default fc;
