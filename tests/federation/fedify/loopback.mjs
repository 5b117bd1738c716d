// The way out: names under .test lead to the reverse proxy on loopback, as a resolver would say, and no other name
// leads anywhere. Writes down how each request was signed and how it was answered.
import { Agent, DecoratorHandler, buildConnector, setGlobalDispatcher } from "undici";

export const sent = [];

// How a request is signed, by its headers.
export function formOf(headers) {
  if (headers.has("signature-input")) return "rfc9421";
  return headers.has("signature") ? "cavage" : "unsigned";
}

function namesOf(headers) {
  const pairs = Array.isArray(headers) ? headers : Object.keys(headers ?? {});
  return new Set(pairs.map((name) => String(name).toLowerCase()));
}

class Noting extends DecoratorHandler {
  #entry;
  #handler;

  constructor(handler, entry) {
    super(handler);
    this.#handler = handler;
    this.#entry = entry;
  }

  onHeaders(status, ...rest) {
    this.#entry.status = status;
    return this.#handler.onHeaders(status, ...rest);
  }
}

const noting = (dispatch) => (options, handler) => {
  const entry = {
    method: options.method,
    url: `${options.origin}${options.path}`,
    form: formOf(namesOf(options.headers)),
    status: 0,
  };
  sent.push(entry);
  return dispatch(options, new Noting(handler, entry));
};

export function leadTo(proxyPort) {
  const connect = buildConnector({ timeout: 5_000 });
  const agent = new Agent({
    headersTimeout: 10_000,
    bodyTimeout: 10_000,
    connect(options, done) {
      const name = options.hostname;
      if (!name.endsWith(".test")) return done(new Error(`${name} is not of this test`), null);
      connect({ ...options, hostname: "127.0.0.1", port: proxyPort, servername: name }, done);
    },
  });
  setGlobalDispatcher(agent.compose(noting));
}
