// The pod of `helm test`: the operator behind $STOKER_URL is ready and counts what it does.
const ask = async (path) => {
  const answer = await fetch(process.env.STOKER_URL + path, { signal: AbortSignal.timeout(10_000) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path} answers ${answer.status}: ${text}`);
  return text;
};
const ready = await ask('/readyz');
const metrics = await ask('/metrics');
if (!metrics.includes('prometheus_operator_build_info{')) throw new Error('/metrics has no prometheus_operator_build_info');
console.log(ready.trim());
