-- Peterson's lock, the model of examples/peterson.

type
  P: 1..2;
  Point: enum { idle, raise, giveWay, wait, critical, leave };

var
  at: array [P] of Point;
  flag: array [P] of boolean;
  turn: P;

startstate begin
  for p: P do
    at[p] := idle;
    flag[p] := false;
  end;
  turn := 1;
end;

ruleset p: P do
  rule "want" at[p] = idle ==> begin
    at[p] := raise;
  end;
  rule "raise" at[p] = raise ==> begin
    at[p] := giveWay;
    flag[p] := true;
  end;
  rule "giveWay" at[p] = giveWay ==> begin
    at[p] := wait;
    turn := 3 - p;
  end;
  rule "enter" at[p] = wait & (!flag[3 - p] | turn = p) ==> begin
    at[p] := critical;
  end;
  rule "finish" at[p] = critical ==> begin
    at[p] := leave;
  end;
  rule "leave" at[p] = leave ==> begin
    at[p] := idle;
    flag[p] := false;
  end;
end;

invariant "mutualExclusion"
  exists p: P do at[p] != critical & at[p] != leave end;
