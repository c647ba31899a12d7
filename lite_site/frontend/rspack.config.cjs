// Module numbers in order of use: the default ones hash the folder the build runs in, and the same
// sources must give the same bytes anywhere.
module.exports = { optimization: { moduleIds: 'natural', chunkIds: 'natural' } };
