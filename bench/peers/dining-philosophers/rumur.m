-- Dining philosophers, the model of examples/dining-philosophers. LEFT_HANDED makes the last philosopher
-- take the right fork first.

const
  N: 5;
  LEFT_HANDED: 0;

type
  P: 1..N;
  Phase: enum { thinking, waiting, eating, leaving };

var
  philosopher: array [P] of Phase;
  -- Whether the fork is on the table.
  fork: array [P] of boolean;

function first(p: P): P; begin
  return (LEFT_HANDED = 1 & p = N) ? 1 : p;
end;

function second(p: P): P; begin
  return (LEFT_HANDED = 1 & p = N) ? N : (p % N) + 1;
end;

startstate begin
  for p: P do
    philosopher[p] := thinking;
    fork[p] := true;
  end;
end;

ruleset p: P do
  rule "takeFirst" philosopher[p] = thinking & fork[first(p)] ==> begin
    philosopher[p] := waiting;
    fork[first(p)] := false;
  end;
  rule "takeSecond" philosopher[p] = waiting & fork[second(p)] ==> begin
    philosopher[p] := eating;
    fork[second(p)] := false;
  end;
  rule "putFirst" philosopher[p] = eating ==> begin
    philosopher[p] := leaving;
    fork[first(p)] := true;
  end;
  rule "putSecond" philosopher[p] = leaving ==> begin
    philosopher[p] := thinking;
    fork[second(p)] := true;
  end;
end;

invariant "neighboursNeverEatTogether"
  forall p: P do !(philosopher[p] = eating & philosopher[(p % N) + 1] = eating) end;
