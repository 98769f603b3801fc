/** Requests and responses as data, so that the API server answers with and without sockets. */

/** Where the bytes of a streamed response go. */
export interface Sink {
  write(text: string): void;
  /** The orderly end. */
  end(): void;
  /** Cuts the connection in the middle, once what was written is out. */
  abort(): void;
}

/** A body that comes in pieces. `start` may write at once; what it returns ends the stream and may be called again. */
export interface StreamBody {
  start(sink: Sink): () => void;
}

export interface ApiRequest {
  readonly method: string;
  /** Path with query. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Bytes where they are no text. */
  readonly body?: string | Buffer;
}

export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | StreamBody;
}
