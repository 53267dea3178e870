// Tells at once when the server does not take what gradio sends it: gradio itself says nothing of
// why, and where there is no reply at all it waits.
export function watchRefusals(onRefused) {
  const plainFetch = window.fetch;
  window.fetch = async (address, options) => {
    const sends = String(address.url ?? address).includes("/queue/join");
    try {
      const reply = await plainFetch(address, options);
      if (sends && !reply.ok) onRefused(reply.status);
      return reply;
    } catch (error) {
      if (sends) onRefused(0);
      throw error;
    }
  };
}
