// Drives a lesson from within its page, through the application's own model and commands: cells out of sight aren't
// in the document, and what a cell prints may be shown anywhere.
(() => {
  const panel = () => window.jupyterapp?.shell?.currentWidget;
  const kernel = () => panel()?.sessionContext?.session?.kernel;

  async function runCell({ index, answers, most }) {
    const { content } = panel();
    const connection = kernel();
    const told = { errors: [], asked: 0, replied: false, state: 'done' };
    let giveUp;
    let question = null;
    const stuck = new Promise((resolve) => { giveUp = resolve; });

    const listen = (_, { msg, direction }) => {
      if (direction !== 'recv') {
        return;
      }
      if (msg.header.msg_type === 'execute_reply') {
        told.replied = true;
      } else if (msg.header.msg_type === 'error') {
        told.errors.push({ name: msg.content.ename, text: msg.content.evalue });
      } else if (msg.header.msg_type === 'input_request') {
        if (told.asked === most) {
          told.state = 'waiting';
          giveUp();
          return;
        }
        question = msg.header;
      }
    };
    // The application has to know of the question first: it runs no cell while one is open.
    const answer = (_, isOpen) => {
      if (isOpen && question !== null) {
        const header = question;
        question = null;
        const value = answers[told.asked] ?? '1';
        told.asked += 1;
        connection.sendInputReply({ status: 'ok', value }, header);
      }
    };
    const watch = (_, status) => {
      if (status === 'dead' || status === 'autorestarting') {
        told.state = 'dead';
        giveUp();
      }
    };

    connection.anyMessage.connect(listen);
    connection.pendingInput.connect(answer);
    connection.statusChanged.connect(watch);
    try {
      content.deselectAll();
      content.activeCellIndex = index;
      await Promise.race([window.jupyterapp.commands.execute('notebook:run-cell'), stuck]);
      const { outputs } = content.model.cells.get(index);
      for (const output of told.errors.length === 0 ? outputs.toJSON() : []) {
        if (output.output_type === 'error') {
          told.errors.push({ name: output.ename, text: output.evalue });
        }
      }
      return told;
    } finally {
      connection.anyMessage.disconnect(listen);
      connection.pendingInput.disconnect(answer);
      connection.statusChanged.disconnect(watch);
    }
  }

  function codeCells() {
    const { cells } = panel().content.model;
    return Array.from({ length: cells.length }, (_, index) => ({ index, model: cells.get(index) }))
      .filter(({ model }) => model.type === 'code')
      .map(({ index, model }) => {
        const ours = model.getMetadata('passerelle');
        return {
          index,
          source: model.sharedModel.getSource(),
          tags: [model.getMetadata('tags') ?? []].flat().map(String),
          answers: [ours?.answers ?? []].flat().map(String)
        };
      });
  }

  window.passerelleProving = {
    isOpen: () => panel()?.context?.isReady === true,
    // A command sent before the kernel is attached is lost without a word.
    isReady: () => kernel()?.status === 'idle',
    codeCells,
    runCell
  };
})();
