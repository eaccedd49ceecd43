/*
 * Peterson's lock, the model of examples/peterson, as one writes it for spin: two processes, whose program
 * counters are the spec's `at`. "states, stored" counts states of the model alone.
 */
bit flag[2];
byte turn = 0;
byte inside;

active [2] proctype process() {
idle:
  skip;
  flag[_pid] = 1;
  turn = 1 - _pid;
  d_step { !flag[1 - _pid] || turn == _pid -> inside++; assert(inside == 1) }
  skip; /* critical */
  d_step { inside--; flag[_pid] = 0 }
  goto idle
}
