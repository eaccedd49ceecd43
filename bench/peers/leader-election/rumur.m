-- Chang and Roberts' election, the model of examples/leader-election.

const
  N: 3;

type
  Node: 1..N;
  NodeState: enum { candidate, lost, won };

var
  initiator: array [Node] of boolean;
  node: array [Node] of NodeState;
  started: array [Node] of boolean;
  -- message[to][number]
  message: array [Node] of array [Node] of boolean;

function next(n: Node): Node; begin
  return (n % N) + 1;
end;

-- Every set of initiators: its members are the ones in the binary digits of `choice`.
ruleset choice: 0..(1 << N) - 1 do
  startstate begin
    for n: Node do
      initiator[n] := ((choice >> (n - 1)) & 1) = 1;
      if initiator[n] then node[n] := candidate; else node[n] := lost; end;
      started[n] := false;
      for m: Node do message[n][m] := false; end;
    end;
  end;
end;

ruleset n: Node do
  rule "start" !started[n] ==> begin
    started[n] := true;
    if initiator[n] then message[next(n)][n] := true; end;
  end;
end;

ruleset n: Node; m: Node do
  rule "receive" started[n] & message[n][m] ==> begin
    message[n][m] := false;
    if node[n] = lost then
      message[next(n)][m] := true;
    elsif m < n then
      node[n] := lost;
      message[next(n)][m] := true;
    elsif m = n then
      node[n] := won;
    end;
  end;
end;

invariant "theWinnerIsTheOnlyOne"
  forall w: Node do forall o: Node do w = o | node[w] != won | node[o] = lost end end;

invariant "theSmallestWins"
  forall w: Node do node[w] != won | forall o: Node do !initiator[o] | o >= w end end;
