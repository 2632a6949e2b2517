// Files from the network.

/** fetched is what is read of a file. Where the network fails it is tried once
 * more; errors say which file it was. */
export async function fetched<T>(url: string, read: (response: Response) => Promise<T>, options: RequestInit): Promise<T> {
  for (let last = false; ; last = true) {
    try {
      const response = await fetch(url, options);
      if (response.ok) return await read(response);
      last = true; // an answer is an answer
      throw new Error(String(response.status));
    } catch (error) {
      if (options.signal?.aborted) throw error;
      if (last) throw new Error(`${url}: ${error instanceof Error ? error.message : error}`);
    }
  }
}
