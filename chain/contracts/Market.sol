// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import {Account, Accounts} from "./Accounts.sol";
import {Goods} from "./Goods.sol";
import {Offer, Offers} from "./Offers.sol";
import {Rooms} from "./Rooms.sol";
import {Signatures} from "./Signatures.sol";
import {Terms, goodId} from "./Terms.sol";
import {Till} from "./Till.sol";

/// @notice What a buyer brings to fill an offer.
struct Fill {
    Offer offer;
    bytes signature; // the seller's, over the offer
    Terms terms; // of the good, for a primary offer; else not looked at
    uint256 room; // where the good was found; 0 for nowhere: then the room's share stays with the seller
    bytes32[] proof; // that the room displays the good
    uint32 quantity;
}

/// @notice How the price of a fill is divided; the seller receives the rest.
struct Split {
    uint256 price;
    address creator; // zero when the seller is the creator, who needs no royalty from themselves
    uint256 creatorWei;
    uint256 room; // zero when no room has a share
    address roomOwner;
    uint256 roomWei;
}

/// @dev A room as it was last looked at: a basket's lines mostly come from one.
struct Display {
    uint256 room;
    address owner;
    bytes32 root;
}

/// @title Market: fills signed offers
/// @notice An offer is signed off the chain, costs nothing, and is valid wherever it is found; the chain alone decides
/// whether it can still be filled. Every fill divides its price exactly between seller, creator and room. There is no
/// owner and no fee. Money is credited in the till, which the market itself is, and withdrawn from there.
contract Market is Till {
    /// @notice Most lines in one basket.
    uint256 public constant MAX_LINES = 64;

    uint256 private constant BPS = 10_000;
    uint256 private constant LANES = 8; // tallies in a word of their own
    uint256 private constant LANE_BITS = 32;
    uint256 private constant CLOSED = type(uint32).max; // tally of a cancelled serial

    /// @notice The goods that this market sells.
    Goods public immutable goods;
    /// @notice The rooms whose owners it pays.
    Rooms public immutable rooms;

    /// @dev Tallies of serials from Accounts.TALLIES up, eight a word, so that neighbouring offers share a slot. Those
    /// below lie in the seller's account.
    mapping(address seller => mapping(uint256 word => uint256 lanes)) private _tallies;

    /// @notice An offer was filled. The seller received price - creatorWei - roomWei.
    event Sold(
        bytes32 indexed offerHash,
        uint256 indexed good,
        address indexed buyer,
        address seller,
        uint256 quantity,
        uint256 price,
        address creator,
        uint256 creatorWei,
        uint256 room,
        address roomOwner,
        uint256 roomWei
    );
    /// @notice A best-effort basket left out this offer, for the error with this selector.
    event Skipped(bytes32 indexed offerHash, uint256 indexed good, address indexed buyer, bytes4 reason);
    /// @notice The offer, and every other with its seller and serial, can no longer be filled.
    event OfferCancelled(bytes32 indexed offerHash, address indexed seller, uint64 serial);
    /// @notice Offers that `seller` signed with an earlier counter can no longer be filled.
    event CounterBumped(address indexed seller, uint64 counter);

    /// @notice The offer cannot be filled before `start`.
    error NotStarted(bytes32 offerHash, uint256 start, uint256 timestamp);
    /// @notice The offer could be filled until `expiry`.
    error Expired(bytes32 offerHash, uint256 expiry, uint256 timestamp);
    /// @notice The seller bumped the counter after signing.
    error Outdated(bytes32 offerHash, uint64 counter, uint64 signedCounter);
    /// @notice The seller cancelled the offer.
    error Cancelled(bytes32 offerHash);
    /// @notice Fewer units are left of the offer than were asked for.
    error SoldOut(bytes32 offerHash, uint256 quantity, uint256 left);
    /// @notice A quantity of zero.
    error NoQuantity(bytes32 offerHash);
    /// @notice The terms are not those of the good that is offered.
    error WrongTerms(uint256 good, uint256 fromTerms);
    /// @notice Only its maker can offer units of a good that are yet to be born.
    error NotMaker(address maker, address seller);
    /// @notice The room does not display the good.
    error NotDisplayed(uint256 room, uint256 good);
    /// @notice Creator and room together would get more than the price.
    error SharesTooHigh(bytes32 offerHash, uint256 royaltyBps, uint256 roomShareBps);
    /// @notice The price is above the buyer's limit.
    error PriceTooHigh(uint256 price, uint256 maxPrice);
    /// @notice Less was sent than the price.
    error Underpaid(uint256 price, uint256 value);
    /// @notice A basket has from 1 to MAX_LINES lines.
    error WrongLineCount(uint256 lines, uint256 maxLines);
    /// @notice A line of a best-effort basket ended without a reason: it lacked gas, which is no ground to skip it.
    error LineRanOut(bytes32 offerHash);
    /// @notice No line of a best-effort basket could be filled.
    error NothingFilled();
    /// @notice Only the seller can cancel an offer.
    error OnlySeller(address seller, address caller);
    /// @notice Only the market itself may call this.
    error OnlySelf(address caller);

    /// @param rooms_ The rooms whose owners are paid. The goods are deployed from here, since each must know the other.
    constructor(Rooms rooms_) Till("Loquat Market") {
        rooms = rooms_;
        goods = new Goods{salt: 0}(address(this));
    }

    /// @notice Fills one offer for the caller.
    /// @param fill Offer, proof and quantity.
    /// @param maxPrice Most wei that the fill may cost, all units together.
    /// @param deadline Unix seconds after which the call is void.
    /// @return price Wei that it did cost; what was sent beyond it is returned.
    function buy(Fill calldata fill, uint256 maxPrice, uint256 deadline)
        external
        payable
        nonReentrant
        returns (uint256 price)
    {
        if (block.timestamp > deadline) revert DeadlinePassed(deadline, block.timestamp);
        Display memory display;
        price = _settle(fill, msg.sender, display);
        _checkPaid(price, maxPrice);
        _deliver(fill, msg.sender);
        _refund(price);
    }

    /// @notice Fills many offers for the caller: all of them, or with `bestEffort` those that can be filled.
    /// @param fills From 1 to MAX_LINES of them.
    /// @param maxTotal Most wei that all may cost together.
    /// @param deadline Unix seconds after which the call is void.
    /// @param bestEffort True: lines that cannot be filled are skipped; reverts when none can.
    /// @return total Wei that they did cost; what was sent beyond it is returned.
    function checkout(Fill[] calldata fills, uint256 maxTotal, uint256 deadline, bool bestEffort)
        external
        payable
        nonReentrant
        returns (uint256 total)
    {
        if (block.timestamp > deadline) revert DeadlinePassed(deadline, block.timestamp);
        if (fills.length == 0 || fills.length > MAX_LINES) revert WrongLineCount(fills.length, MAX_LINES);
        if (bestEffort) {
            total = _fillWhatCanBe(fills);
            _checkPaid(total, maxTotal);
        } else {
            Display memory display;
            for (uint256 i; i < fills.length; ++i) {
                total += _settle(fills[i], msg.sender, display);
            }
            _checkPaid(total, maxTotal);
            _deliverAll(fills, msg.sender);
        }
        _refund(total);
    }

    /// @notice One line of a best-effort basket; a call of its own, so that its failure undoes it alone.
    function fillLine(Fill calldata fill, address buyer) external returns (uint256 price) {
        if (msg.sender != address(this)) revert OnlySelf(msg.sender);
        Display memory display;
        price = _settle(fill, buyer, display);
        _deliver(fill, buyer);
    }

    /// @notice Closes the serial of one's own offer: it, and all others with that serial, cannot be filled any more.
    function cancel(Offer calldata offer) external nonReentrant {
        if (msg.sender != offer.seller) revert OnlySeller(offer.seller, msg.sender);
        uint256 serial = offer.serial;
        Account account = _accounts[msg.sender];
        (uint256 lanes, uint256 shift) = _lanesOf(account, msg.sender, serial);
        lanes |= CLOSED << shift;
        if (serial < Accounts.TALLIES) _accounts[msg.sender] = account.withTallies(lanes);
        else _tallies[msg.sender][serial / LANES] = lanes;
        emit OfferCancelled(hashOffer(offer), msg.sender, offer.serial);
    }

    /// @notice Voids every offer that the caller has signed so far.
    /// @return counter The counter that new offers must carry.
    function bumpCounter() external nonReentrant returns (uint64 counter) {
        Account account = _accounts[msg.sender].withNextCounter();
        _accounts[msg.sender] = account;
        counter = account.counter();
        emit CounterBumped(msg.sender, counter);
    }

    /// @notice How the price of a fill would be divided now; reverts with the reason if it cannot be filled.
    /// @dev Whether a resale's seller still holds the units, and whether a good's cap is reached, the delivery tells.
    function quote(Fill calldata fill) external view returns (Split memory split) {
        Display memory display;
        (,,, split) = _check(fill, display);
    }

    /// @notice EIP-712 digest of an offer: what its seller signs, and its name everywhere.
    function hashOffer(Offer calldata offer) public view returns (bytes32) {
        return _hashTypedDataV4(Offers.structHash(offer));
    }

    /// @notice Units sold so far by the seller's offers with this serial; type(uint32).max once cancelled.
    function filled(address seller, uint64 serial) external view returns (uint256) {
        (uint256 lanes, uint256 shift) = _lanesOf(_accounts[seller], seller, serial);
        return (lanes >> shift) & CLOSED;
    }

    /// @notice Counter that the seller's new offers must carry.
    function counterOf(address seller) external view returns (uint64) {
        return _accounts[seller].counter();
    }

    function _fillWhatCanBe(Fill[] calldata fills) private returns (uint256 total) {
        uint256 skipped;
        for (uint256 i; i < fills.length; ++i) {
            try this.fillLine(fills[i], msg.sender) returns (uint256 price) {
                total += price;
            } catch (bytes memory reason) {
                if (reason.length == 0) revert LineRanOut(hashOffer(fills[i].offer));
                ++skipped;
                emit Skipped(hashOffer(fills[i].offer), fills[i].offer.good, msg.sender, bytes4(reason));
            }
        }
        if (skipped == fills.length) revert NothingFilled();
    }

    /// @dev Writes all of a fill's state: tally, credits, event. The money is checked by the caller, the goods follow.
    function _settle(Fill calldata fill, address buyer, Display memory display) private returns (uint256) {
        Offer calldata offer = fill.offer;
        (bytes32 offerHash, Account account, uint256 lanes, Split memory split) = _check(fill, display);
        address seller = offer.seller;
        uint256 serial = offer.serial;
        if (serial < Accounts.TALLIES) account = account.withTallies(lanes);
        else _tallies[seller][serial / LANES] = lanes;
        unchecked {
            // the shares are at most the price: _split
            _accounts[seller] = account.plus(split.price - split.creatorWei - split.roomWei);
        }
        if (split.creatorWei != 0) _credit(split.creator, split.creatorWei);
        if (split.roomWei != 0) _credit(split.roomOwner, split.roomWei);
        emit Sold(
            offerHash,
            offer.good,
            buyer,
            seller,
            fill.quantity,
            split.price,
            split.creator,
            split.creatorWei,
            split.room,
            split.roomOwner,
            split.roomWei
        );
        return split.price;
    }

    function _deliver(Fill calldata fill, address buyer) private {
        if (fill.offer.primary) {
            (uint256 call_, uint256 end) = _startMint(buyer, 1);
            _mint(call_, _addBirth(end, fill), 1);
        } else {
            goods.moveSold(fill.offer.seller, buyer, fill.offer.good, fill.quantity);
        }
    }

    /// @dev Mints all that is to be born in one call, then moves the rest.
    function _deliverAll(Fill[] calldata fills, address buyer) private {
        (uint256 call_, uint256 end) = _startMint(buyer, fills.length);
        uint256 births;
        for (uint256 i; i < fills.length; ++i) {
            Fill calldata fill = fills[i];
            if (!fill.offer.primary) continue;
            end = _addBirth(end, fill);
            ++births;
        }
        if (births != 0) _mint(call_, end, births);
        if (births == fills.length) return;
        for (uint256 i; i < fills.length; ++i) {
            Offer calldata offer = fills[i].offer;
            if (!offer.primary) goods.moveSold(offer.seller, buyer, offer.good, fills[i].quantity);
        }
    }

    /// @dev Reserves memory for a call of Goods.mintSold with up to `most` births, and writes its head. Written by hand
    /// because the births lie in the calldata already as the call wants them; the compiler would take them apart twice.
    function _startMint(address to, uint256 most) private pure returns (uint256 call_, uint256 end) {
        bytes4 selector = Goods.mintSold.selector;
        assembly ("memory-safe") {
            call_ := mload(0x40)
            mstore(call_, selector)
            mstore(add(call_, 0x04), to)
            mstore(add(call_, 0x24), 0x40)
            end := add(call_, 0x64)
            mstore(0x40, add(add(end, mul(most, 0xe0)), 0x1c)) // and on to the next whole word
        }
    }

    /// @dev Appends a Birth: quantity and the six words of the terms.
    function _addBirth(uint256 end, Fill calldata fill) private pure returns (uint256) {
        uint256 quantity = fill.quantity;
        Terms calldata terms = fill.terms;
        assembly ("memory-safe") {
            mstore(end, quantity)
            calldatacopy(add(end, 0x20), terms, 0xc0)
            end := add(end, 0xe0)
        }
        return end;
    }

    /// @dev Makes the call, and passes its error on.
    function _mint(uint256 call_, uint256 end, uint256 births) private {
        address to = address(goods);
        assembly ("memory-safe") {
            mstore(add(call_, 0x44), births)
            if iszero(call(gas(), to, 0, call_, sub(end, call_), 0, 0)) {
                returndatacopy(call_, 0, returndatasize())
                revert(call_, returndatasize())
            }
        }
    }

    /// @dev Everything that can be wrong with a fill; the seller's account, the word of tallies as it will be, and the
    /// division of the price.
    function _check(Fill calldata fill, Display memory display)
        private
        view
        returns (bytes32 offerHash, Account account, uint256 lanes, Split memory split)
    {
        Offer calldata offer = fill.offer;
        address seller = offer.seller;
        offerHash = hashOffer(offer);
        if (block.timestamp < offer.start) revert NotStarted(offerHash, offer.start, block.timestamp);
        if (block.timestamp > offer.expiry) revert Expired(offerHash, offer.expiry, block.timestamp);
        account = _accounts[seller];
        if (account.counter() != offer.counter) revert Outdated(offerHash, account.counter(), offer.counter);
        uint256 shift;
        (lanes, shift) = _lanesOf(account, seller, offer.serial);
        uint256 sold = (lanes >> shift) & CLOSED;
        uint256 quantity = fill.quantity;
        if (quantity == 0) revert NoQuantity(offerHash);
        if (sold == CLOSED) revert Cancelled(offerHash);
        uint256 offered = offer.quantity;
        unchecked {
            // all are below 2^32, and sold + quantity is at most offered, so no lane runs into the next
            if (sold + quantity > offered) revert SoldOut(offerHash, quantity, offered > sold ? offered - sold : 0);
            lanes += quantity << shift;
        }
        if (!Signatures.isFrom(seller, offerHash, fill.signature)) revert WrongSignature(seller, offerHash);
        split = _split(offerHash, fill, display);
    }

    function _split(bytes32 offerHash, Fill calldata fill, Display memory display)
        private
        view
        returns (Split memory split)
    {
        Offer calldata offer = fill.offer;
        uint256 good = offer.good;
        address seller = offer.seller;
        address creator;
        uint256 royaltyBps;
        if (offer.primary) {
            Terms calldata terms = fill.terms;
            uint256 fromTerms = goodId(terms);
            if (fromTerms != good) revert WrongTerms(good, fromTerms);
            if (terms.maker != seller) revert NotMaker(terms.maker, seller);
            (creator, royaltyBps) = (terms.creator, terms.royaltyBps);
        } else {
            (creator, royaltyBps) = goods.royaltyOf(good);
        }
        uint256 roomBps = offer.roomShareBps;
        unchecked {
            // 128 bits of price times 32 of quantity times 16 of share cannot overflow
            uint256 price = Offers.unitPrice(offer, block.timestamp) * fill.quantity;
            split.price = price;
            if (creator != seller) {
                if (royaltyBps + roomBps > BPS) revert SharesTooHigh(offerHash, royaltyBps, roomBps);
                split.creator = creator;
                split.creatorWei = price * royaltyBps / BPS;
            } else if (roomBps > BPS) {
                revert SharesTooHigh(offerHash, 0, roomBps);
            }
            uint256 room = fill.room;
            if (room != 0 && roomBps != 0) {
                if (room != display.room) {
                    (display.owner, display.root) = rooms.displayOf(room);
                    display.room = room;
                }
                _checkDisplayed(room, display.root, good, fill.proof);
                split.room = room;
                split.roomOwner = display.owner;
                split.roomWei = price * roomBps / BPS;
            }
        }
    }

    /// @dev Leaves are keccak(keccak(good)), pairs sorted: the standard tree of OpenZeppelin.
    function _checkDisplayed(uint256 room, bytes32 root, uint256 good, bytes32[] calldata proof) private pure {
        bytes32 leaf;
        assembly ("memory-safe") {
            mstore(0, good)
            mstore(0, keccak256(0, 0x20))
            leaf := keccak256(0, 0x20)
        }
        if (root == 0 || !MerkleProof.verifyCalldata(proof, root, leaf)) revert NotDisplayed(room, good);
    }

    function _checkPaid(uint256 price, uint256 maxPrice) private view {
        if (price > maxPrice) revert PriceTooHigh(price, maxPrice);
        if (price > msg.value) revert Underpaid(price, msg.value);
    }

    /// @dev Returns what was sent beyond the price; a buyer who cannot receive it finds it credited.
    function _refund(uint256 price) private {
        uint256 excess = msg.value - price;
        if (excess == 0 || _send(msg.sender, excess)) return;
        _credit(msg.sender, excess);
        emit Credited(msg.sender, msg.sender, excess);
    }

    /// @dev The word in which a serial's tally lies, and where in it. `account` is the seller's.
    function _lanesOf(Account account, address seller, uint256 serial)
        private
        view
        returns (uint256 lanes, uint256 shift)
    {
        if (serial < Accounts.TALLIES) return (account.tallies(), serial * LANE_BITS);
        return (_tallies[seller][serial / LANES], (serial % LANES) * LANE_BITS);
    }
}
