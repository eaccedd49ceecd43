-- Lamport's bakery, the model of examples/bakery. A number above TICKETS is not drawn, where the spec draws
-- it and stops there: the states within the bound are the same.

const
  N: 2;
  TICKETS: 3;

type
  P: 1..N;
  Ticket: 0..TICKETS;
  Point: enum { idle, looking, drawing, drawn, awaitingChoice, awaitingTurn, critical };

var
  at: array [P] of Point;
  choosing: array [P] of boolean;
  ticket: array [P] of Ticket;
  highest: array [P] of Ticket;
  other: array [P] of P;

startstate begin
  for p: P do
    at[p] := idle;
    choosing[p] := false;
    ticket[p] := 0;
    highest[p] := 0;
    other[p] := 1;
  end;
end;

ruleset p: P do
  rule "want" at[p] = idle ==> begin
    at[p] := looking;
    choosing[p] := true;
  end;
  rule "look" at[p] = looking ==> begin
    if ticket[other[p]] > highest[p] then highest[p] := ticket[other[p]]; end;
    if other[p] < N then
      other[p] := other[p] + 1;
    else
      at[p] := drawing;
      other[p] := 1;
    end;
  end;
  rule "draw" at[p] = drawing & highest[p] < TICKETS ==> begin
    at[p] := drawn;
    ticket[p] := highest[p] + 1;
    highest[p] := 0;
  end;
  rule "stopChoosing" at[p] = drawn ==> begin
    at[p] := awaitingChoice;
    choosing[p] := false;
  end;
  rule "awaitChoice" at[p] = awaitingChoice & !choosing[other[p]] ==> begin
    at[p] := awaitingTurn;
  end;
  rule "awaitTurn"
    at[p] = awaitingTurn
    & (ticket[other[p]] = 0 | ticket[p] < ticket[other[p]] | (ticket[p] = ticket[other[p]] & p <= other[p]))
  ==> begin
    if other[p] < N then
      at[p] := awaitingChoice;
      other[p] := other[p] + 1;
    else
      at[p] := critical;
      other[p] := 1;
    end;
  end;
  rule "leave" at[p] = critical ==> begin
    at[p] := idle;
    ticket[p] := 0;
  end;
end;

invariant "mutualExclusion"
  forall p: P do forall o: P do p >= o | at[p] != critical | at[o] != critical end end;
