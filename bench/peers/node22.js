// PostGraphile declares Node 22. What it uses of that and Node 20 lacks is little; with it, all contestants run on one Node.

if (!Promise.withResolvers) {
  Promise.withResolvers = function withResolvers() {
    let resolve;
    let reject;
    const promise = new this((onResolve, onReject) => {
      resolve = onResolve;
      reject = onReject;
    });
    return { promise, resolve, reject };
  };
}
Symbol.dispose ??= Symbol.for("nodejs.dispose");
Symbol.asyncDispose ??= Symbol.for("nodejs.asyncDispose");
