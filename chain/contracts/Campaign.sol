// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Payouts} from "./Payouts.sol";
import {Till} from "./Till.sol";

/// @notice Seconds that a party has for its turn; kept with each delivery, so that nobody can change them.
struct Deadlines {
    uint32 accept; // for the seller, since it was opened
    uint32 ship; // for the seller, since it was accepted
    uint32 confirm; // for the buyer, since it was shipped
    uint32 answer; // for the seller, since the buyer disputed
    uint32 split; // for both to agree, since the seller answered
}

/// @title Campaign: money that waits for a promise to be kept, in its delivery form
/// @notice A buyer's money lies here until a box has arrived. Whoever's turn it is has a deadline; when it passes, the
/// other party alone ends the delivery. So each ends paid, refunded or split, and nobody judges. There is no owner.
/// @dev Invariant: the balance is at least the sum of the values of all open deliveries.
contract Campaign is Payouts {
    /// @notice None: no such delivery. Paid, Refunded and Split are ends.
    enum State {
        None,
        Opened,
        Accepted,
        Shipped,
        Disputed,
        Answered,
        Paid,
        Refunded,
        Split
    }

    struct Delivery {
        address buyer;
        uint96 value; // wei; zero once it has ended
        address seller;
        uint40 actBy; // Unix seconds until which the party whose turn it is may act; zero once it has ended
        State state;
        Deadlines deadlines;
    }

    /// @notice Shortest and longest time that a party can be given.
    uint32 public constant SHORTEST = 1 hours;
    uint32 public constant LONGEST = 90 days;

    /// @notice Deliveries so far; they are numbered from 1.
    uint256 public deliveries;

    mapping(uint256 delivery => Delivery) private _deliveries;

    /// @notice Money waits for a delivery. `commit` is a salted hash of where it goes.
    event DeliveryOpened(
        uint256 indexed delivery,
        address indexed buyer,
        address indexed seller,
        address opener,
        uint256 value,
        bytes32 commit,
        uint256 actBy,
        Deadlines deadlines
    );
    /// @notice A delivery went on. `note` is the hash of tracking, reason or answer; zero where there is none.
    event DeliveryMoved(uint256 indexed delivery, address indexed by, State state, uint256 actBy, bytes32 note);

    /// @notice A delivery needs two parties and money.
    error DeliveryIncomplete();
    /// @notice A deadline must lie between SHORTEST and LONGEST.
    error DeadlineOutOfRange(uint256 secs);
    /// @notice This cannot be done to a delivery in this state.
    error WrongState(uint256 delivery, State state);
    /// @notice It is not this account's to do.
    error NotParty(uint256 delivery, address caller);
    /// @notice The other party still has time.
    error TooEarly(uint256 delivery, uint256 actBy, uint256 timestamp);
    /// @notice The time to act is over.
    error TooLate(uint256 delivery, uint256 actBy, uint256 timestamp);

    constructor(Till till_) Payouts(till_) {}

    /// @notice Opens a delivery over the value sent; anyone may, for anyone.
    /// @param buyer Who is repaid when the seller fails.
    /// @param seller Who is paid when the box has arrived.
    /// @param commit keccak256(salt, sha256(the sealed address)); nothing here can read it.
    /// @param deadlines Each between SHORTEST and LONGEST.
    function openDelivery(address buyer, address seller, bytes32 commit, Deadlines calldata deadlines)
        external
        payable
        returns (uint256 delivery)
    {
        if (buyer == address(0) || seller == address(0) || msg.value == 0 || msg.value > type(uint96).max) {
            revert DeliveryIncomplete();
        }
        _checkTime(deadlines.accept);
        _checkTime(deadlines.ship);
        _checkTime(deadlines.confirm);
        _checkTime(deadlines.answer);
        _checkTime(deadlines.split);
        delivery = ++deliveries;
        uint40 actBy = uint40(block.timestamp + deadlines.accept);
        _deliveries[delivery] = Delivery(buyer, uint96(msg.value), seller, actBy, State.Opened, deadlines);
        emit DeliveryOpened(delivery, buyer, seller, msg.sender, msg.value, commit, actBy, deadlines);
    }

    /// @notice The seller packs it. In time only; else the buyer is repaid.
    function accept(uint256 delivery) external {
        Delivery storage it = _deliveries[delivery];
        _sellersTurn(delivery, it, State.Opened);
        _move(delivery, it, State.Accepted, it.deadlines.ship, 0);
    }

    /// @notice The seller sent it. In time only; else the buyer is repaid.
    /// @param trackingHash keccak256 of what the carrier calls it.
    function ship(uint256 delivery, bytes32 trackingHash) external {
        Delivery storage it = _deliveries[delivery];
        _sellersTurn(delivery, it, State.Accepted);
        _move(delivery, it, State.Shipped, it.deadlines.confirm, trackingHash);
    }

    /// @notice The buyer has it, or wants the seller paid all the same: at any time.
    function confirm(uint256 delivery) external {
        Delivery storage it = _open(delivery);
        if (msg.sender != it.buyer) revert NotParty(delivery, msg.sender);
        _end(delivery, it, State.Paid);
    }

    /// @notice The seller takes the money of what was shipped and neither confirmed nor disputed in time.
    function claim(uint256 delivery) external {
        Delivery storage it = _in(delivery, State.Shipped);
        if (msg.sender != it.seller) revert NotParty(delivery, msg.sender);
        _afterTime(delivery, it);
        _end(delivery, it, State.Paid);
    }

    /// @notice The buyer says that what was shipped did not arrive as it should; before the seller may claim.
    function dispute(uint256 delivery, bytes32 reasonHash) external {
        Delivery storage it = _in(delivery, State.Shipped);
        if (msg.sender != it.buyer) revert NotParty(delivery, msg.sender);
        _inTime(delivery, it);
        _move(delivery, it, State.Disputed, it.deadlines.answer, reasonHash);
    }

    /// @notice The seller contradicts. In time only; else the buyer takes it all back.
    function answer(uint256 delivery, bytes32 answerHash) external {
        Delivery storage it = _deliveries[delivery];
        _sellersTurn(delivery, it, State.Disputed);
        _move(delivery, it, State.Answered, it.deadlines.split, answerHash);
    }

    /// @notice Repays the buyer in full: the seller at any time, the buyer when the seller let a deadline pass.
    function refund(uint256 delivery) external {
        Delivery storage it = _open(delivery);
        if (msg.sender != it.seller) {
            if (msg.sender != it.buyer) revert NotParty(delivery, msg.sender);
            State state = it.state;
            if (state == State.Shipped || state == State.Answered) revert WrongState(delivery, state);
            _afterTime(delivery, it);
        }
        _end(delivery, it, State.Refunded);
    }

    /// @notice Gives each half of what they could not agree about in time; either alone may do it.
    function split(uint256 delivery) external {
        Delivery storage it = _in(delivery, State.Answered);
        if (msg.sender != it.buyer && msg.sender != it.seller) revert NotParty(delivery, msg.sender);
        _afterTime(delivery, it);
        _end(delivery, it, State.Split);
    }

    /// @notice A delivery as it stands; zeros where there is none.
    function deliveryOf(uint256 delivery) external view returns (Delivery memory) {
        return _deliveries[delivery];
    }

    function _checkTime(uint32 secs) private pure {
        if (secs < SHORTEST || secs > LONGEST) revert DeadlineOutOfRange(secs);
    }

    function _open(uint256 delivery) private view returns (Delivery storage it) {
        it = _deliveries[delivery];
        if (it.actBy == 0) revert WrongState(delivery, it.state);
    }

    function _in(uint256 delivery, State state) private view returns (Delivery storage it) {
        it = _deliveries[delivery];
        if (it.state != state) revert WrongState(delivery, it.state);
    }

    function _sellersTurn(uint256 delivery, Delivery storage it, State state) private view {
        if (it.state != state) revert WrongState(delivery, it.state);
        if (msg.sender != it.seller) revert NotParty(delivery, msg.sender);
        _inTime(delivery, it);
    }

    function _inTime(uint256 delivery, Delivery storage it) private view {
        if (block.timestamp > it.actBy) revert TooLate(delivery, it.actBy, block.timestamp);
    }

    function _afterTime(uint256 delivery, Delivery storage it) private view {
        if (block.timestamp <= it.actBy) revert TooEarly(delivery, it.actBy, block.timestamp);
    }

    function _move(uint256 delivery, Delivery storage it, State state, uint256 secs, bytes32 note) private {
        uint40 actBy = uint40(block.timestamp + secs);
        it.state = state;
        it.actBy = actBy;
        emit DeliveryMoved(delivery, msg.sender, state, actBy, note);
    }

    /// @dev All state is written before the till is called, and the till calls nobody.
    function _end(uint256 delivery, Delivery storage it, State state) private {
        uint256 value = it.value;
        it.value = 0;
        it.state = state;
        it.actBy = 0;
        emit DeliveryMoved(delivery, msg.sender, state, 0, 0);
        if (state == State.Paid) _pay(it.seller, value);
        else if (state == State.Refunded) _pay(it.buyer, value);
        else _pay(it.buyer, value - value / 2, it.seller, value / 2);
    }
}
