#!/usr/bin/env node
'use strict';
// The name is reserved for the supervisor's daemon, which this version does not have yet.
process.stderr.write('devdoctord: the supervisor is not part of this version\n  try: devdoctor --help\n');
process.exitCode = 2;
