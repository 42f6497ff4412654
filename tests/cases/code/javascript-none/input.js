'use strict';
// eslint-disable-next-line no-console
// const old = require('old');
const fs = require('fs');

module.exports = function (name) {
  return fs.readFileSync(name, 'utf8');   // all of it
};
