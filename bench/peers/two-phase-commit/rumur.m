-- Two-phase commit, the model of examples/two-phase-commit: every variable one to one.

const
  RMS: 3;

type
  RM: 1..RMS;
  RMState: enum { working, prepared, committed, aborted };
  TMState: enum { init, tmCommitted, tmAborted };

var
  rm: array [RM] of RMState;
  tm: TMState;
  tmPrepared: array [RM] of boolean;
  -- The set of messages, a bit each.
  sentPrepared: array [RM] of boolean;
  sentCommit: boolean;
  sentAbort: boolean;

startstate begin
  for r: RM do
    rm[r] := working;
    tmPrepared[r] := false;
    sentPrepared[r] := false;
  end;
  tm := init;
  sentCommit := false;
  sentAbort := false;
end;

ruleset r: RM do
  rule "prepare" rm[r] = working ==> begin
    rm[r] := prepared;
    sentPrepared[r] := true;
  end;
  rule "chooseToAbort" rm[r] = working ==> begin
    rm[r] := aborted;
  end;
  rule "hearPrepared" tm = init & sentPrepared[r] ==> begin
    tmPrepared[r] := true;
  end;
  rule "obeyCommit" sentCommit ==> begin
    rm[r] := committed;
  end;
  rule "obeyAbort" sentAbort ==> begin
    rm[r] := aborted;
  end;
end;

rule "decideCommit" tm = init & forall r: RM do tmPrepared[r] end ==> begin
  tm := tmCommitted;
  sentCommit := true;
end;

rule "decideAbort" tm = init ==> begin
  tm := tmAborted;
  sentAbort := true;
end;

invariant "consistent"
  forall one: RM do forall other: RM do !(rm[one] = committed & rm[other] = aborted) end end;
