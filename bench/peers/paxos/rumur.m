-- Paxos, the model of examples/paxos. A ballot is counted from 1 here, so that 0 can stand for "none" in a
-- packed state. The set of messages is a bit for each message there can be, but for promises: an acceptor
-- promises a ballot at most once, so that a number does.

const
  ACCEPTORS: 3;
  VALUES: 2;
  BALLOTS: 2; -- how many: the highest ballot of the spec and one more

type
  Acceptor: 1..ACCEPTORS;
  Value: 1..VALUES;
  Ballot: 1..BALLOTS;
  BallotOrNone: 0..BALLOTS;
  ValueOrNone: 0..VALUES;
  -- 0 none, 1 without a vote, 2 + (ballot - 1) * VALUES + value - 1 with the last vote
  Promise: 0..1 + BALLOTS * VALUES;
  Quorum: 1..ACCEPTORS; -- a majority of three: all but one, which is the quorum's name

var
  ballot: array [Acceptor] of BallotOrNone;
  votedBallot: array [Acceptor] of BallotOrNone;
  votedValue: array [Acceptor] of ValueOrNone;
  sent1a: array [Ballot] of boolean;
  promise: array [Acceptor] of array [Ballot] of Promise;
  sent2a: array [Ballot] of array [Value] of boolean;
  sent2b: array [Acceptor] of array [Ballot] of array [Value] of boolean;

-- Whether the promises of all but acceptor q leave ballot b free to propose v.
function shows(q: Quorum; b: Ballot; v: Value): boolean; begin
  if exists a: Acceptor do a != q & promise[a][b] = 0 end then
    return false;
  end;
  if forall a: Acceptor do a = q | promise[a][b] = 1 end then
    return true;
  end;
  return exists a: Acceptor do
    a != q & promise[a][b] > 1 & (promise[a][b] - 2) % VALUES + 1 = v
    & forall other: Acceptor do
      other = q | (promise[other][b] - 2) / VALUES <= (promise[a][b] - 2) / VALUES
    end
  end;
end;

startstate begin
  for a: Acceptor do
    ballot[a] := 0;
    votedBallot[a] := 0;
    votedValue[a] := 0;
    for b: Ballot do
      promise[a][b] := 0;
      for v: Value do sent2b[a][b][v] := false; end;
    end;
  end;
  for b: Ballot do
    sent1a[b] := false;
    for v: Value do sent2a[b][v] := false; end;
  end;
end;

ruleset b: Ballot do
  rule "prepare" true ==> begin
    sent1a[b] := true;
  end;
end;

ruleset a: Acceptor; b: Ballot do
  rule "promise" sent1a[b] & b > ballot[a] ==> begin
    ballot[a] := b;
    promise[a][b] := votedBallot[a] = 0 ? 1 : (votedBallot[a] - 1) * VALUES + votedValue[a] + 1;
  end;
end;

ruleset b: Ballot; v: Value do
  rule "propose"
    (forall w: Value do !sent2a[b][w] end) & exists q: Quorum do shows(q, b, v) end
  ==> begin
    sent2a[b][v] := true;
  end;
end;

ruleset a: Acceptor; b: Ballot; v: Value do
  rule "vote" sent2a[b][v] & b >= ballot[a] ==> begin
    ballot[a] := b;
    votedBallot[a] := b;
    votedValue[a] := v;
    sent2b[a][b][v] := true;
  end;
end;

function chosen(v: Value): boolean; begin
  return exists b: Ballot do exists q: Quorum do
    forall a: Acceptor do a = q | sent2b[a][b][v] end
  end end;
end;

invariant "agreement"
  forall v: Value do forall w: Value do v = w | !chosen(v) | !chosen(w) end end;

invariant "oneProposalPerBallot"
  forall b: Ballot do forall v: Value do forall w: Value do v = w | !sent2a[b][v] | !sent2a[b][w] end end end;

invariant "votesWereProposed"
  forall a: Acceptor do forall b: Ballot do forall v: Value do !sent2b[a][b][v] | sent2a[b][v] end end end;
