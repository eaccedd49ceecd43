-- Termination detection on a ring (EWD 840), the model of examples/termination-detection.

const
  N: 3;

type
  Node: 0..N - 1;

var
  active: array [Node] of boolean;
  black: array [Node] of boolean;
  token: Node;
  tokenBlack: boolean;

-- Any nodes active, any black, the token anywhere: sets as the ones in binary digits.
ruleset a: 0..(1 << N) - 1; b: 0..(1 << N) - 1; t: Node do
  startstate begin
    for n: Node do
      active[n] := ((a >> n) & 1) = 1;
      black[n] := ((b >> n) & 1) = 1;
    end;
    token := t;
    tokenBlack := true;
  end;
end;

rule "initiateProbe" token = 0 & (tokenBlack | black[0]) ==> begin
  token := N - 1;
  tokenBlack := false;
  black[0] := false;
end;

ruleset n: Node do
  rule "passToken" n > 0 & token = n & (!active[n] | black[n] | tokenBlack) ==> begin
    token := n - 1;
    tokenBlack := tokenBlack | black[n];
    black[n] := false;
  end;
  rule "finish" active[n] ==> begin
    active[n] := false;
  end;
end;

ruleset n: Node; other: Node do
  rule "wake" n != other & active[n] ==> begin
    active[other] := true;
    if other > n then black[n] := true; end;
  end;
end;

invariant "detectedMeansTerminated"
  !(token = 0 & !tokenBlack & !black[0] & !active[0]) | forall n: Node do !active[n] end;

invariant "theTokenIsRight"
  tokenBlack | (exists n: Node do n <= token & black[n] end) | forall n: Node do n <= token | !active[n] end;
