/**
 * Loaded into every program that `npm run dev` starts (`node --import`). When the starting script is gone, however
 * it went, the channel to it closes and the program ends too, instead of holding its port for ever.
 */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
